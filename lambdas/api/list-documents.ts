import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/list-documents.ts';
import { listDocuments } from '../usecases/list-documents.ts';

const deps = container();

export const handler = apiHandler(routes.listDocuments, listDocuments(deps), deps);
