import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/update-document.ts';
import { updateDocument } from '../usecases/update-document.ts';

const deps = container();

export const handler = apiHandler(routes.updateDocument, updateDocument(deps), deps);
