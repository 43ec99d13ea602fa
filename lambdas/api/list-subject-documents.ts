import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/list-subject-documents.ts';
import { listSubjectDocuments } from '../usecases/list-subject-documents.ts';

const deps = container();

export const handler = apiHandler(routes.listSubjectDocuments, listSubjectDocuments(deps), deps);
