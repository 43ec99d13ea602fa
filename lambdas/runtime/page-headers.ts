/**
 * What a page may do: its own scripts and styles, calls to its own origin and to where tokens are issued. Nothing
 * inline, no frames. Swagger UI draws its icons as data.
 */
const contentSecurityPolicy = (signInOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${signInOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Whoever signs in comes back to it in a window of its own, which must know who opened it. */
const signInReturn = '/docs/oauth2-redirect.html';

/** Headers of a file at this path. They may be kept for five minutes, then are asked for again by their tag. */
export const pageHeaders = (path: string, signInOrigin: string): Readonly<Record<string, string>> => ({
  'Cache-Control': 'public, max-age=300',
  'Content-Security-Policy': contentSecurityPolicy(signInOrigin),
  // The window of the sign-in goes to another origin and back; `same-origin` would cut it off.
  ...(path !== signInReturn && { 'Cross-Origin-Opener-Policy': 'same-origin-allow-popups' }),
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});
