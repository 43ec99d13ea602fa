import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/list-own-documents.ts';
import { listOwnDocuments } from '../usecases/list-own-documents.ts';

const deps = container();

export const handler = apiHandler(routes.listOwnDocuments, listOwnDocuments(deps), deps);
