import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/sign-parts.ts';
import { signParts } from '../usecases/multipart/sign-parts.ts';

const deps = container();

export const handler = apiHandler(routes.signParts, signParts(deps), deps);
