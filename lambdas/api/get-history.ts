import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/get-history.ts';
import { getHistory } from '../usecases/get-history.ts';

const deps = container();

export const handler = apiHandler(routes.getHistory, getHistory(deps), deps);
