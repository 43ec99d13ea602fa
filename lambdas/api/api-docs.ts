import { container } from '../runtime/container/api-docs.ts';
import { pageHandler } from '../runtime/page-handler.ts';
import { servePage } from '../usecases/serve-page.ts';

const deps = container();

export const handler = pageHandler(servePage(deps), deps);
