import type * as z from 'zod/mini';
import type { RouteName, routes } from '../contract/routes.ts';
import { readAnswer } from './answer.ts';
import { endpoints } from './endpoints.ts';
import { NetworkError } from './errors.ts';
import { type RetryContext, withRetry } from './retry.ts';

type RouteOf<Name extends RouteName> = (typeof routes)[Name];

type Required<Part extends string, Name extends RouteName> =
  RouteOf<Name> extends { readonly [Key in Part]: infer Schema extends z.ZodMiniType }
    ? { readonly [Key in Part]: z.output<Schema> }
    : unknown;

/** What one route takes: `params` of its path, `query`, JSON `body`; and a signal that stops it. */
export type CallInput<Name extends RouteName> = Required<'params', Name> &
  Required<'body', Name> &
  Partial<Required<'query', Name>> & { readonly signal?: AbortSignal | undefined };

export type CallResult<Name extends RouteName> = z.output<RouteOf<Name>['response']['schema']>;

/** Calls one route of the API; throws a `SealdropError` or the signal's reason. */
export type Call = <Name extends RouteName>(name: Name, input: CallInput<Name>) => Promise<CallResult<Name>>;

export interface CallContext extends RetryContext {
  readonly baseUrl: string;
  readonly token: () => string | Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly requestTimeoutMilliseconds: number;
}

/** `CallInput` of any route, as the code below reads it. */
interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export function createCall(context: CallContext): Call {
  const call = (name: RouteName, input: AnyInput): Promise<unknown> => {
    const { method, path } = endpoints[name];
    const url =
      context.baseUrl.replace(/\/+$/, '') + fillPath(path, input.params ?? {}) + queryString(input.query ?? {});
    return withRetry(context, input.signal, () => callOnce(context, method, url, input));
  };
  return call as Call;
}

async function callOnce(context: CallContext, method: string, url: string, input: AnyInput): Promise<unknown> {
  const timeout = AbortSignal.timeout(context.requestTimeoutMilliseconds);
  const headers: Record<string, string> = {
    authorization: `Bearer ${await context.token()}`,
    accept: 'application/json, application/problem+json',
  };
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  let answer: { readonly response: Response; readonly text: string };
  try {
    const response = await context.fetch(url, {
      method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal === undefined ? timeout : AbortSignal.any([input.signal, timeout]),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    answer = { response, text: await response.text() };
  } catch (cause) {
    input.signal?.throwIfAborted();
    throw new NetworkError(
      timeout.aborted
        ? 'The service did not answer in time. Check the network connection and try again.'
        : 'The service cannot be reached. Check the network connection and try again.',
      { cause },
    );
  }
  return readAnswer(answer.response, answer.text, context.timing.now());
}

const fillPath = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`The path ${path} needs ${name}.`);
    return encodeURIComponent(value);
  });

function queryString(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
