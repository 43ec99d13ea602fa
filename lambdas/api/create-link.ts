import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/create-link.ts';
import { createLink } from '../usecases/create-link.ts';

const deps = container();

export const handler = apiHandler(routes.createLink, createLink(deps), deps);
