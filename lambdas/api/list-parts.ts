import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/list-parts.ts';
import { listParts } from '../usecases/multipart/list-parts.ts';

const deps = container();

export const handler = apiHandler(routes.listParts, listParts(deps), deps);
