import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/head-document.ts';
import { headDocument } from '../usecases/head-document.ts';

const deps = container();

export const handler = apiHandler(routes.headDocument, headDocument(deps), deps);
