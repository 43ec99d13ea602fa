import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/get-settings.ts';
import { getSettings } from '../usecases/get-settings.ts';

const deps = container();

export const handler = apiHandler(routes.getSettings, getSettings(deps), deps);
