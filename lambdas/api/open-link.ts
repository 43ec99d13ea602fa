import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/open-link.ts';
import { openLink } from '../usecases/open-link.ts';

const deps = container();

export const handler = apiHandler(routes.openLink, openLink(deps), deps);
