import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/restore-document.ts';
import { restoreDocument } from '../usecases/restore-document.ts';

const deps = container();

export const handler = apiHandler(routes.restoreDocument, restoreDocument(deps), deps);
