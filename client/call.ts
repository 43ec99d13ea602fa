import type * as z from 'zod/mini';
import type { routes, ValueRouteName } from '../contract/routes.ts';
import { readAnswer } from './answer.ts';
import { endpoints } from './endpoints.ts';
import { NetworkError } from './errors.ts';
import { type RetryContext, withRetry } from './retry.ts';

type RouteOf<Name extends ValueRouteName> = (typeof routes)[Name];

type Required<Part extends string, Name extends ValueRouteName> =
  RouteOf<Name> extends { readonly [Key in Part]: infer Schema extends z.ZodMiniType }
    ? { readonly [Key in Part]: z.output<Schema> }
    : unknown;

/**
 * What one route takes: `params` of its path, `query`, JSON `body`; a POST the key by which it is known when it is sent
 * again (1 to 255 visible ASCII characters but `"` and `\`); and a signal that stops it.
 */
export type CallInput<Name extends ValueRouteName> = Required<'params', Name> &
  Required<'body', Name> &
  Partial<Required<'query', Name>> &
  (RouteOf<Name> extends { readonly needsIfMatch: true } ? { readonly ifMatch: string } : unknown) &
  (RouteOf<Name> extends { readonly method: 'POST' } ? { readonly idempotencyKey?: string } : unknown) & {
    readonly signal?: AbortSignal | undefined;
  };

export type CallResult<Name extends ValueRouteName> = z.output<RouteOf<Name>['response']['schema']>;

/** Calls one route of the API; throws a `SealdropError` or the signal's reason. */
export type Call = <Name extends ValueRouteName>(name: Name, input: CallInput<Name>) => Promise<CallResult<Name>>;

/** What a route answered, with the tag of what it shows (RFC 9110 section 8.8.3), undefined where it has none. */
export interface Tagged<Value> {
  readonly value: Value;
  readonly entityTag: string | undefined;
  /** All that the answer said by header. */
  readonly headers?: Headers;
}

/** `known`: what was answered before. Where it is still true the answer is that very object, and nothing was sent. */
export type CallTagged = <Name extends ValueRouteName>(
  name: Name,
  input: CallInput<Name> & { readonly known?: Tagged<CallResult<Name>> | undefined },
) => Promise<Tagged<CallResult<Name>>>;

export interface CallContext extends RetryContext {
  readonly baseUrl: string;
  readonly token: () => string | Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly requestTimeoutMilliseconds: number;
}

/** `CallInput` of any route, as the code below reads it. */
interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
  readonly known?: Tagged<unknown> | undefined;
}

/**
 * Answers may not be kept in any cache (`Cache-Control: no-store`), and are not: who waits for a change holds the tag
 * with the document it shows, and both are gone with it.
 */
export function createCallTagged(context: CallContext): CallTagged {
  const call = (name: ValueRouteName, input: AnyInput): Promise<Tagged<unknown>> => {
    return withRetry(context, input.signal, () => callOnce(context, name, input));
  };
  return call as CallTagged;
}

export const createCall = (callTagged: CallTagged): Call => {
  const call = async (name: ValueRouteName, input: CallInput<ValueRouteName>) => (await callTagged(name, input)).value;
  return call as Call;
};

async function callOnce(context: CallContext, name: ValueRouteName, input: AnyInput): Promise<Tagged<unknown>> {
  const { known } = input;
  const { response, text } = await send(context, name, input);
  if (response.status === 304 && known !== undefined) return known;
  return {
    value: readAnswer(response, text, context.timing.now()),
    entityTag: response.headers.get('etag') ?? undefined,
    headers: response.headers,
  };
}

/** Sends one request, once, and reads the whole answer, whatever it says. */
export async function send(
  context: CallContext,
  name: ValueRouteName,
  { params = {}, query = {}, body, ifMatch, idempotencyKey, signal, known }: AnyInput,
): Promise<{ readonly response: Response; readonly text: string }> {
  const { method, path } = endpoints[name];
  const url = context.baseUrl.replace(/\/+$/, '') + fillPath(path, params) + queryString(query);
  const timeout = AbortSignal.timeout(context.requestTimeoutMilliseconds);
  const headers: Record<string, string> = {
    authorization: `Bearer ${await context.token()}`,
    accept: 'application/json, application/problem+json',
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (ifMatch !== undefined) headers['if-match'] = ifMatch;
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  if (known?.entityTag !== undefined) headers['if-none-match'] = known.entityTag;
  try {
    const response = await context.fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      // The API wants no cookies. But a page at its own origin has a connection there, which browsers keep apart from those
      // without credentials; and what stands before both may want to know who comes.
      credentials: 'same-origin',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    return { response, text: await response.text() };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError(
      timeout.aborted
        ? 'The service did not answer in time. Check the network connection and try again.'
        : 'The service cannot be reached. Check the network connection and try again.',
      { cause },
    );
  }
}

const fillPath = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`The path ${path} needs ${name}.`);
    return encodeURIComponent(value);
  });

function queryString(query: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
