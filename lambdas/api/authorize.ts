import { authorizerHandler } from '../runtime/authorizer-handler.ts';
import { container } from '../runtime/container/authorize.ts';
import { authorize } from '../usecases/authorize.ts';

export const handler = authorizerHandler(authorize(container()));
