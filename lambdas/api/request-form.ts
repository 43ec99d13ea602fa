import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/request-form.ts';
import { requestForm } from '../usecases/request-form.ts';

const deps = container();

export const handler = apiHandler(routes.requestForm, requestForm(deps), deps);
