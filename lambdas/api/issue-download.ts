import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/issue-download.ts';
import { issueDownload } from '../usecases/issue-download.ts';

const deps = container();

export const handler = apiHandler(routes.issueDownload, issueDownload(deps), deps);
