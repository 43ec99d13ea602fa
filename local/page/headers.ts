/**
 * What the page may do, as tight as it works: its own scripts and styles, calls to its own origin and to S3. Hashing is
 * WebAssembly. The deployed page gets the same.
 */
export const securityHeaders = (s3Origin: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    // What hashes.
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    // A bucket has two names; see `dualStackUrl` of the contract.
    `connect-src 'self' ${s3Origin} ${s3Origin.replace('//127.0.0.1', '//localhost')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});
