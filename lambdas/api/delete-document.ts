import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/delete-document.ts';
import { deleteDocument } from '../usecases/delete-document.ts';

const deps = container();

export const handler = apiHandler(routes.deleteDocument, deleteDocument(deps), deps);
