import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/create-upload-token.ts';
import { createUploadToken } from '../usecases/create-upload-token.ts';

const deps = container();

export const handler = apiHandler(routes.createUploadToken, createUploadToken(deps), deps);
