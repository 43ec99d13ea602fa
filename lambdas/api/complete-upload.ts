import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/complete-upload.ts';
import { completeUpload } from '../usecases/multipart/complete-upload.ts';

const deps = container();

export const handler = apiHandler(routes.completeUpload, completeUpload(deps), deps);
