import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Route } from '../../contract/routes.ts';
import type { AddressClass } from '../../contract/states.ts';
import type { Claimed } from '../domain/claim.ts';
import type { Caller } from '../domain/document.ts';
import type { Clock } from '../ports.ts';
import { addressClassOf } from './address-class.ts';
import { apiAddressOf } from './api-address.ts';
import { callerOf } from './caller.ts';
import { matchesTag } from './entity-tags.ts';
import { RefusalError } from './problem.ts';
import { queryOf } from './query.ts';
import { parsePart } from './validate.ts';

type Part<R, Name extends 'params' | 'query' | 'body'> =
  R extends Record<Name, infer Schema extends z.ZodMiniType> ? { readonly [N in Name]: z.infer<Schema> } : unknown;

/** What a use case gets of a request: every part parsed by the route's schemas. */
export type RouteInput<R extends Route> = {
  readonly requestId: string;
  readonly addressClass: AddressClass;
} & (R extends { readonly isPublic: true }
  ? R extends { readonly byUploadToken: true }
    ? { readonly caller: Caller }
    : unknown
  : { readonly caller: Caller }) &
  Part<R, 'params'> &
  Part<R, 'query'> &
  Part<R, 'body'> &
  (R extends { readonly needsApiUrl: true } ? { readonly apiUrl: string } : unknown) &
  (R extends { readonly needsIfMatch: true } ? { readonly hasSeen: (entityTag: string) => boolean } : unknown) &
  (R extends { readonly method: 'POST' } ? { readonly claim?: Claimed | undefined } : unknown);

export interface ApiSettings {
  readonly clock: Clock;
  /** The exact web origins that may read answers. */
  readonly allowedOrigins: readonly string[];
  /** Whose upload token that is, undefined where nobody's; for routes that are called by one. */
  readonly callerOfUploadToken?: (token: string) => Promise<Caller | undefined>;
}

/** Whether the client has seen what it changes. Throws where it does not say so (RFC 6585 section 3). */
const seenBy = (ifMatch: string | undefined) => {
  if (ifMatch === undefined) throw new RefusalError({ kind: 'precondition-required' });
  return (entityTag: string): boolean => matchesTag(ifMatch, entityTag);
};

/** Who calls, by the token that the route is for; throws the refusal of a token that is nobody's. */
export const callerIn = async (
  route: Route,
  event: APIGatewayProxyEvent,
  settings: ApiSettings,
): Promise<Caller | undefined> => {
  const { clock, callerOfUploadToken } = settings;
  if (!route.byUploadToken)
    return route.isPublic ? undefined : callerOf(event.requestContext.authorizer, route.scopes, clock.now());
  const caller = await callerOfUploadToken?.(event.pathParameters?.uploadToken ?? '');
  if (caller === undefined) throw new RefusalError({ kind: 'unauthenticated' });
  return caller;
};

/** What of an event the route's use case gets. Throws the refusal of what does not fit the route's schemas. */
export const inputOf = <R extends Route>(
  route: R,
  event: APIGatewayProxyEvent,
  caller: Caller | undefined,
): RouteInput<R> =>
  ({
    ...(caller !== undefined && { caller }),
    requestId: event.requestContext.requestId,
    addressClass: addressClassOf(event.requestContext.identity.sourceIp),
    ...(route.needsApiUrl && { apiUrl: apiAddressOf(event) }),
    ...(route.needsIfMatch && { hasSeen: seenBy(event.headers['if-match']) }),
    ...(route.params && { params: parsePart(route.params, event.pathParameters ?? {}, 'path') }),
    ...(route.query && { query: parsePart(route.query, queryOf(event), 'query') }),
    ...(route.body && { body: parsePart(route.body, event.body, 'body') }),
  }) as RouteInput<R>;
