import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  IdempotencyKey,
  idempotencyKeyHeader,
  idempotencyKeySeconds,
  takesIdempotencyKey,
} from '../../contract/idempotency.ts';
import type { Route } from '../../contract/routes.ts';
import type { Claimed } from '../domain/claim.ts';
import type { Caller } from '../domain/document.ts';
import type { Claims, Clock, DocumentIds } from '../ports.ts';
import { RefusalError } from './problem.ts';
import { parsePart } from './validate.ts';

/** What routes that take a key need besides the settings of all routes. */
export interface ClaimSettings {
  readonly claims: Claims;
  readonly ids: DocumentIds;
}

interface Parsed {
  readonly caller?: Caller;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const Header = z.strictObject({ [idempotencyKeyHeader]: IdempotencyKey });

/** An object's fields in the order of their names: a client may write them in another one the next time. */
const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const requestHash = ({ method, path }: Route, { params, query, body }: Parsed): string =>
  hash('sha256', JSON.stringify([method, path, params, query, body], sorted));

/**
 * Binds the request to its key, where it has one. Of requests with the same key and caller all get the id that the first
 * of them chose. Throws the refusal of a key that is malformed, or bound to another request.
 */
export const claimRequest = async (
  route: Route,
  header: string | undefined,
  parsed: Parsed,
  { clock, claims, ids }: Partial<ClaimSettings> & { readonly clock: Clock },
): Promise<Claimed | undefined> => {
  const { caller } = parsed;
  if (header === undefined || !takesIdempotencyKey(route) || caller === undefined) return undefined;
  if (claims === undefined || ids === undefined) throw new Error(`${route.function} cannot claim requests.`);
  const { [idempotencyKeyHeader]: written } = parsePart(Header, { [idempotencyKeyHeader]: header }, 'header');
  const key = String(written).replaceAll('"', '');
  const now = clock.now();
  const claim = {
    requestHash: requestHash(route, parsed),
    resourceId: ids.next(now),
    expiresAtSeconds: Math.floor(now.getTime() / 1000) + idempotencyKeySeconds,
  };
  const { tenantId, subjectId } = caller;
  const held = await claims.claim({ tenantId, subjectId, key }, claim, now);
  if (held.requestHash !== claim.requestHash) throw new RefusalError({ kind: 'idempotency-key-reused' });
  return { resourceId: held.resourceId, isRepeated: held.resourceId !== claim.resourceId };
};
