import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/get-document.ts';
import { getDocument } from '../usecases/get-document.ts';

const deps = container();

export const handler = apiHandler(routes.getDocument, getDocument(deps), deps);
