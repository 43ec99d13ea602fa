import { join } from 'node:path';
import * as z from 'zod/mini';
import { type SignIn, securitySchemes } from '../../../contract/openapi/security.ts';
import { pageFolder } from '../../adapters/page-folder.ts';
import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';

const SignInVariable = z.object({
  issuer: z.string(),
  client: z.optional(z.object({ authorizationUrl: z.string(), tokenUrl: z.string(), clientId: z.string() })),
});

/** How one signs in is of this installation; the rest of the description is the same everywhere. */
const withSignIn =
  (signIn: SignIn) =>
  (content: string): string => {
    const document = JSON.parse(content);
    const components = { ...document.components, securitySchemes: securitySchemes(signIn) };
    return JSON.stringify({ ...document, components });
  };

export const container = () => {
  const environment = environmentOf('api-docs');
  const signIn = z.parse(SignInVariable, JSON.parse(environment.SIGN_IN));
  // Lambda says where the bundle is; a bundle that is required elsewhere lies where it lies.
  const directory = join(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), 'pages');
  return {
    pages: pageFolder(directory, { '/openapi.json': withSignIn(signIn) }),
    allowedOrigins: apiSettings(environment).allowedOrigins,
    signInOrigin: new URL(signIn.client?.tokenUrl ?? signIn.issuer).origin,
  };
};
