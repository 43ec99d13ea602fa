import { type Route, type Scope, scopes } from '../routes.ts';
import type { JsonObject } from './json.ts';

/** How people and machines sign in at an installation. */
export interface SignIn {
  /** The OpenID Connect issuer, whose discovery document tells everything else. */
  readonly issuer: string;
  /** The endpoints and the client of the API's own pages, where the installation names them. */
  readonly client?:
    | { readonly authorizationUrl: string; readonly tokenUrl: string; readonly clientId: string }
    | undefined;
}

/** What the committed document says: an issuer that exists nowhere. */
export const exampleSignIn: SignIn = {
  issuer: 'https://login.example.com',
  client: {
    authorizationUrl: 'https://login.example.com/authorize',
    tokenUrl: 'https://login.example.com/token',
    clientId: 'sealdrop-docs',
  },
};

const scopeTexts: Readonly<Record<Scope, string>> = {
  'documents:read': 'Look at documents and download them',
  'documents:write': 'Upload, change, delete and restore documents',
  'documents:admin': 'What only the clients of administrators need',
};

/** `x-client-id` is what the page at `/docs` signs in as. Nothing in it is a secret: PKCE stands in for one. */
const oauth2 = ({ authorizationUrl, tokenUrl, clientId }: NonNullable<SignIn['client']>): JsonObject => ({
  type: 'oauth2',
  description: 'People sign in by authorization code with PKCE (RFC 7636), machines by client credentials.',
  'x-client-id': clientId,
  flows: {
    authorizationCode: { authorizationUrl, tokenUrl, scopes: scopeTexts },
    clientCredentials: { tokenUrl, scopes: scopeTexts },
  },
});

const openIdConnect = ({ issuer }: SignIn): JsonObject => ({
  type: 'openIdConnect',
  description: 'Any flow of the issuer that gives access tokens with the scopes of the route.',
  openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
});

/** Two ways to be let in: sign in, or bring a token that one has. */
export const securitySchemes = (signIn: SignIn): JsonObject => ({
  signIn: signIn.client === undefined ? openIdConnect(signIn) : oauth2(signIn.client),
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `An access token of the issuer for this API, with scopes of ${scopes.join(', ')}. It must name a tenant.`,
  },
});

/** Either scheme; the scopes are needed all. An empty list is OpenAPI's word for: anybody. */
export const securityOf = ({ isPublic, scopes: needed }: Route): readonly JsonObject[] =>
  isPublic ? [] : [{ signIn: needed }, { bearer: [] }];
