import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/get-health.ts';
import { getHealth } from '../usecases/get-health.ts';

export const handler = apiHandler(routes.getHealth, getHealth(), container());
