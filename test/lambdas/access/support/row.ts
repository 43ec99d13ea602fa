import { type Route, routes, servesFile } from '../../../../contract/routes.ts';
import { apiHandler } from '../../../../lambdas/runtime/api-handler.ts';
import { apiEvent, authorizer, lambdaContext } from '../../../support/api-event.ts';
import { clock } from '../../../support/callers.ts';
import { memoryClaims } from '../../../support/memory-claims.ts';
import { accessWorld, type Deps, me, type Place, places, type WorldState } from './world.ts';

type UseCaseOf<R extends Route> = Parameters<typeof apiHandler<R>>[1];

type SettingsOf<R extends Route> = Parameters<typeof apiHandler<R>>[2];

/** What a call of the route looks like, beyond who calls and which document is meant. */
interface Call {
  readonly state?: WorldState;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Absent: all. */
  readonly among?: readonly Place[];
  readonly refusal?: string;
}

export interface Caller {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

export interface Served {
  readonly statusCode: number;
  readonly headers: unknown;
  readonly body: string;
  /** Whether the world is as it was. */
  readonly leftNothing: boolean;
}

/**
 * One line of the matrix.
 *
 * - `kind`: `document` acts on one document, `list` shows several, `declare` and `tenant` act on none that is there,
 *   `signed-in` is for everybody with a token, `open` for everybody.
 * - `scope`: the first letter of the one it needs.
 * - `rights`: of patient, staff, admin, service: `-` nothing, `o` own, `c` own and about me, `t` all of the tenant.
 * - `among`: which documents a list is about at all.
 * - `refusal`: what who may not is told, where that is not `403 not-permitted`.
 */
export interface Row {
  readonly kind: 'document' | 'list' | 'declare' | 'tenant' | 'signed-in' | 'open';
  readonly scope: string;
  readonly rights: string;
  readonly among: readonly Place[];
  readonly refusal: string;
  /** Answers to HEAD have none, so a refusal is its status only. */
  readonly hasBody: boolean;
  serve(caller: Caller | undefined, documentId?: string): Promise<Served>;
}

/** A line: kind, scope and rights, with the real use case behind the real handler of the route. */
export const row = <const R extends Route>(
  [kind, scope, rights]: readonly [kind: Row['kind'], scope: string, rights: string],
  route: R,
  useCase: (deps: Deps) => UseCaseOf<R>,
  { state = 'available', headers = {}, params, body, among = places, refusal = '403 not-permitted' }: Call = {},
): Row => ({
  refusal,
  hasBody: route.method !== 'HEAD',
  kind,
  scope,
  rights,
  among,
  serve: async (caller, documentId) => {
    const { deps, traces } = accessWorld(state);
    const before = traces();
    const settings = { clock, claims: memoryClaims(), ids: deps.ids, allowedOrigins: ['https://app.example.org'] };
    const context = caller && {
      ...authorizer,
      ...me,
      roles: caller.roles.join(' '),
      scopes: caller.scopes.join(' '),
    };
    const event = apiEvent(
      {
        httpMethod: route.method,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        pathParameters: params ?? (documentId === undefined ? null : { documentId }),
      },
      context ?? {},
    );
    const answer = await apiHandler(route, useCase(deps), settings as unknown as SettingsOf<R>)(event, lambdaContext);
    const { statusCode, headers: answered, body: text } = answer;
    return { statusCode, headers: answered, body: text, leftNothing: traces() === before };
  },
});

/** Routes that answer with a value; files are for everybody and know no caller, and for Uppy's see companion.test.ts. */
export const routeNames = Object.entries<Route>(routes).flatMap(([name, route]) =>
  servesFile(route) || route.isCompanion ? [] : [name],
);
