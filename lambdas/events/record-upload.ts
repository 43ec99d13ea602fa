import { container } from '../runtime/container/record-upload.ts';
import { uploadEventsHandler } from '../runtime/upload-events-handler.ts';
import { recordUpload } from '../usecases/record-upload.ts';

export const handler = uploadEventsHandler(recordUpload(container()));
