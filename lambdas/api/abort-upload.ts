import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/abort-upload.ts';
import { abortUpload } from '../usecases/multipart/abort-upload.ts';

const deps = container();

export const handler = apiHandler(routes.abortUpload, abortUpload(deps), deps);
