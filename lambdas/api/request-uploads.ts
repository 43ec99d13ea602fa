import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/request-uploads.ts';
import { requestUploads } from '../usecases/request-uploads.ts';

const deps = container();

export const handler = apiHandler(routes.requestUploads, requestUploads(deps), deps);
