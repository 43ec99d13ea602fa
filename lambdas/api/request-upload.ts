import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/request-upload.ts';
import { requestUpload } from '../usecases/request-upload.ts';

const deps = container();

export const handler = apiHandler(routes.requestUpload, requestUpload(deps), deps);
