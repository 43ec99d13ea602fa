import { idempotencyKeyHeader, replayedHeader, takesIdempotencyKey } from './idempotency.ts';
import type { Route } from './routes.ts';

/** Whether the route heeds `If-None-Match`. */
export const isConditional = ({ method, entityTag }: Route): boolean =>
  ['GET', 'HEAD'].includes(method) && entityTag !== undefined;

/** Headers that pages may send to a path, whose routes these are: what its preflights allow. */
export const requestHeadersOf = (routes: readonly Route[]): readonly string[] => [
  'authorization',
  'content-type',
  ...(routes.some(isConditional) ? ['if-none-match'] : []),
  ...(routes.some(({ needsIfMatch }) => needsIfMatch) ? ['if-match'] : []),
  ...(routes.some(takesIdempotencyKey) ? [idempotencyKeyHeader.toLowerCase()] : []),
];

/** Headers that pages may read of every answer, whoever gives it. */
export const exposedHeaders = ['X-Request-Id', 'Retry-After'] as const;

/** Headers that pages may read of the answers of a route. */
export const exposedHeadersOf = (route: Route): readonly string[] => [
  ...exposedHeaders,
  ...(route.entityTag === undefined ? [] : ['ETag']),
  ...(takesIdempotencyKey(route) ? [replayedHeader] : []),
  ...(route.exposes ?? []),
];
