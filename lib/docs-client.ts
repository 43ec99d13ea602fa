import * as z from 'zod/mini';

const Url = z.string().check(z.refine((text) => URL.canParse(text), { error: 'is not a URL', abort: true }));

/**
 * What the page at `/docs` signs people in with: an OAuth client without a secret, for authorization code with PKCE, whose
 * one redirect URI is `/docs/oauth2-redirect.html` at the API's address. Its token endpoint must answer pages of that
 * address (CORS).
 */
export const DocsClient = z.strictObject({ authorizationUrl: Url, tokenUrl: Url, clientId: z.string() });
