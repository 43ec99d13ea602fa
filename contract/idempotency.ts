import * as z from 'zod/mini';
import type { Route } from './routes.ts';

/** Says by which key a request is known, however often it is sent (draft-ietf-httpapi-idempotency-key-header-07). */
export const idempotencyKeyHeader = 'Idempotency-Key';

/** `true` in the answer to a request whose key had come before, with the same request. */
export const replayedHeader = 'Idempotent-Replayed';

/** How long a key stays bound to its request. A client that has tried for a day has given up. */
export const idempotencyKeySeconds = 86_400;

/** Every POST of a known caller takes a key, bound to the caller, unless it is idempotent by itself or of a protocol without. */
export const takesIdempotencyKey = ({
  method,
  isPublic,
  takesNoKey,
}: Pick<Route, 'method' | 'isPublic' | 'takesNoKey'>): boolean => method === 'POST' && !isPublic && !takesNoKey;

/**
 * 1 to 255 visible ASCII characters but `"` and `\`, as a string of structured fields (RFC 9651 section 3.3.3) or bare,
 * as most clients send it. The quotes are not part of the key: both are the same one.
 */
export const IdempotencyKey = z.string().check(
  z.regex(/^(?:"[!#-[\]-~]{1,255}"|[!#-[\]-~]{1,255})$/, {
    error: 'A key is 1 to 255 visible ASCII characters but " and \\, in double quotes or without them.',
  }),
);
