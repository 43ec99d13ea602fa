import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/sign-s3-request.ts';
import { signS3Request } from '../usecases/sign-s3-request.ts';

const deps = container();

export const handler = apiHandler(routes.signS3Request, signS3Request(deps), deps);
