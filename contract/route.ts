import type * as z from 'zod/mini';
import type { FunctionName } from './functions.ts';
import type { ProblemKind } from './problems.ts';

/**
 * `documents:admin` is for what only the clients of administrators need, which is no route yet: a client that holds it
 * may do no more. Nobody's scope makes up for a role.
 */
export const scopes = ['documents:read', 'documents:write', 'documents:admin'] as const;

export type Scope = (typeof scopes)[number];

/** One route of the API. The function that serves it has the name of `function` (see contract/functions.ts). */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  /** As API Gateway writes resources: `/v1/documents/{documentId}`. */
  readonly path: string;
  readonly summary: string;
  /** Scopes the access token must carry, all of them. */
  readonly scopes: readonly Scope[];
  /** Anybody may call it, without a token. It has no scopes, and its use case no caller. */
  readonly isPublic?: true;
  readonly function: FunctionName;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /**
   * What the body shows. A HEAD has none: it says by header what a GET of the same path would show. A 302 has none
   * either, and its schema allows nothing. `mediaTypes` where it is a file that is served as it is: one of these.
   */
  readonly response: {
    readonly status: 200 | 201 | 302;
    readonly schema: z.ZodMiniType;
    readonly mediaTypes?: readonly string[];
  };
  /** It may answer 302 with a `Location` and no body in place of the response, where its use case says so. */
  readonly redirects?: true;
  /**
   * The `ETag` of what the response shows (RFC 9110 section 8.8.3). A GET or HEAD that has one is conditional: it
   * answers 304 to an `If-None-Match` that holds it. Answers to changes carry the tag that the document has from then on.
   */
  readonly entityTag?: (response: never) => string;
  /** Sent again it does what it did, or its protocol knows no key by which it would be known (contract/idempotency.ts). */
  readonly takesNoKey?: true;
  /** How much its body may hold. @default - `limits.requestBodySizeBytesMax` */
  readonly bodySizeBytesMax?: number;
  /** It changes only what the client has seen: `If-Match` must hold the document's tag (RFC 9110 section 13.1.1, RFC 6585). */
  readonly needsIfMatch?: true;
  /** It is not to be asked ahead of a person's click: a browser that says it prefetches is refused. */
  readonly refusesPrefetch?: true;
  /** The caller is known by an upload token in the path (`{uploadToken}`), and not by an access token: see contract/routes/companion.ts. */
  readonly byUploadToken?: true;
  /** Spoken by Uppy's own clients: its problems say `message` too, which they show. No program of ours calls it. */
  readonly isCompanion?: true;
  /** Its answer holds a URL of this API: its use case is told where the API answers. */
  readonly needsApiUrl?: true;
  /** Headers of its answers, beyond those of all routes, that pages may read. */
  readonly exposes?: readonly string[];
  /** Problems of this route beyond those any route may answer with, see `commonProblems`. */
  readonly problems: readonly ProblemKind[];
}

/** Problems that any route may answer with. */
export const commonProblems = [
  'unauthenticated',
  'insufficient-scope',
  'invalid-request',
  'too-many-requests',
  'internal-error',
  'service-unavailable',
] as const satisfies readonly ProblemKind[];

/** What else is told of a body that a route takes. */
export const bodyProblems = [
  'malformed-json',
  'unsupported-media-type',
  'body-too-large',
] as const satisfies readonly ProblemKind[];

/** Whether there is a body in the answer that its response describes: not to a HEAD, nor in a 302. */
export const answersWithBody = ({ method, response }: Route): boolean => method !== 'HEAD' && response.status !== 302;

/** Whether the route serves a file as it is. Such routes are conditional all: their answers have an ETag. */
export const servesFile = ({ response }: Route): boolean => response.mediaTypes !== undefined;
