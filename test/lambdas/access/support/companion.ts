import { roles as knownRoles } from '../../../../contract/roles.ts';
import { companionRoutes } from '../../../../contract/routes/companion.ts';
import type { Route } from '../../../../contract/routes.ts';
import { linkTokens } from '../../../../lambdas/adapters/link-tokens.ts';
import { objectKey } from '../../../../lambdas/domain/object-key.ts';
import { apiHandler } from '../../../../lambdas/runtime/api-handler.ts';
import { authenticateUpload } from '../../../../lambdas/usecases/authenticate-upload.ts';
import { companionComplete } from '../../../../lambdas/usecases/companion/complete.ts';
import { companionCreate } from '../../../../lambdas/usecases/companion/create.ts';
import { companionCredentials } from '../../../../lambdas/usecases/companion/credentials.ts';
import { companionForm } from '../../../../lambdas/usecases/companion/form.ts';
import {
  companionAbort,
  companionListParts,
  companionSignBatch,
  companionSignPart,
} from '../../../../lambdas/usecases/companion/parts.ts';
import { apiEvent, authorizer, lambdaContext } from '../../../support/api-event.ts';
import { clock } from '../../../support/callers.ts';
import type { Caller, Served } from './row.ts';
import { accessWorld, type Deps, documentIdOf, me, type Place } from './world.ts';

type Name = Extract<keyof typeof companionRoutes, `companion${string}`>;

/** What a call acts on, and what it sends beside what every one of its kind does. */
export interface Call {
  readonly name: Name;
  readonly kind: 'declare' | 'document' | 'nothing';
  readonly useCase: (deps: Deps) => unknown;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** `path, over`: by a token whose hour is over. */
export type Family = 'header' | 'path' | 'path, over';

const file = { filename: 'a.pdf', type: 'application/pdf' };
const body = { parts: [{ PartNumber: 1, ETag: '"e"' }] };

export const calls: Readonly<Record<Name, Call>> = {
  companionForm: { name: 'companionForm', kind: 'declare', useCase: companionForm, query: file },
  companionCreate: { name: 'companionCreate', kind: 'declare', useCase: companionCreate, body: file },
  companionListParts: { name: 'companionListParts', kind: 'document', useCase: companionListParts },
  companionSignPart: {
    ...{ name: 'companionSignPart', kind: 'document', useCase: companionSignPart },
    params: { partNumber: '1' },
  },
  companionSignBatch: {
    ...{ name: 'companionSignBatch', kind: 'document', useCase: companionSignBatch },
    query: { partNumbers: '1' },
  },
  companionComplete: { name: 'companionComplete', kind: 'document', useCase: companionComplete, body },
  companionAbort: { name: 'companionAbort', kind: 'document', useCase: companionAbort },
  companionCredentials: { name: 'companionCredentials', kind: 'nothing', useCase: companionCredentials },
};

export const keyOf = (place: Place | 'missing'): string => {
  const tenantId = place.startsWith('foreign') ? 'south-clinic' : me.tenantId;
  return objectKey({ tenantId, documentId: documentIdOf(place) });
};

const over = '2026-11-21T10:00:00.500Z';
const token = 'a'.repeat(43);

/** The world with a token in it whose caller is this one. */
const worldOf = (family: Family, caller: Caller | undefined) => {
  const world = accessWorld('pending');
  const tokenHash = linkTokens.hashOf(token);
  const roles = knownRoles.filter((role) => caller?.roles.includes(role));
  const expiresAt = family === 'path' ? '2026-11-21T10:30:00.000Z' : over;
  if (caller !== undefined) world.deps.uploadTokens.kept.set(tokenHash, { tokenHash, ...me, roles, expiresAt });
  return world;
};

/** One call by a header or by the path, with the real use case behind the real handler of the route. */
export const serve = async (
  { name, kind, useCase, params, query, body: sent }: Call,
  family: Family,
  caller: Caller | undefined,
  key: string,
  uploadId = 'upload-1',
): Promise<Served> => {
  const { deps, traces } = worldOf(family, caller);
  const before = traces();
  const byPath = family !== 'header';
  const route: Route = companionRoutes[byPath ? (name.replace('companion', 'tokenCompanion') as Name) : name];
  const settings = { clock, allowedOrigins: [], callerOfUploadToken: authenticateUpload(deps) };
  const context = { ...authorizer, ...me, roles: caller?.roles.join(' '), scopes: caller?.scopes.join(' ') };
  const event = apiEvent(
    {
      httpMethod: route.method,
      resource: route.path,
      body: sent === undefined ? null : JSON.stringify(sent),
      pathParameters: { ...(byPath && { uploadToken: token }), ...(kind === 'document' && { uploadId }), ...params },
      queryStringParameters: { ...query, ...(kind === 'document' && { key }) },
    },
    (byPath || caller === undefined ? {} : context) as typeof authorizer,
  );
  const answer = await apiHandler(route, useCase(deps) as never, settings as never)(event, lambdaContext);
  const { statusCode, headers, body: text } = answer;
  return { statusCode, headers, body: text, leftNothing: traces() === before };
};
