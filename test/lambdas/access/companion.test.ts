import { describe, expect, it } from 'vitest';
import { companionRoutes } from '../../../contract/routes/companion.ts';
import { type Call, calls, keyOf, serve } from './support/companion.ts';
import { places } from './support/world.ts';

const roleNames = ['patient', 'staff', 'admin', 'service'];
const roleSets = Array.from({ length: 16 }, (_, bits) => roleNames.filter((_role, index) => bits & (1 << index)));
const scopeSets = [[], ['documents:read'], ['documents:write'], ['documents:admin', 'documents:read']];
const writes = ['documents:write'];

/** Who sees a document at all is told what they may not do with it: see matrix.ts, of getDocument. */
const isSeen = (roles: readonly string[], place: (typeof places)[number]): boolean => {
  if (place === 'foreign' || place === 'foreignAboutMe' || roles.length === 0) return false;
  return roles.some((role) => role !== 'patient') || place === 'own' || place === 'aboutMe';
};

const expectedOf = ({ kind }: Call, roles: readonly string[], place: (typeof places)[number]): string => {
  if (kind === 'nothing') return '403 credentials-not-offered';
  if (kind === 'declare') return roles.length === 0 ? '403 not-permitted' : 'done';
  if (!isSeen(roles, place)) return '404 document-not-found';
  return place === 'own' ? 'done' : '403 not-permitted';
};

const kindOf = ({ statusCode, body }: { statusCode: number; body: string }): string =>
  statusCode < 400 ? 'done' : `${statusCode} ${JSON.parse(body).type.split('/').at(-1)}`;

it('every call of Companion has its line, in both families', () => {
  const names = Object.keys(calls).flatMap((name) => [name, name.replace('companion', 'tokenCompanion')]);
  expect(names.toSorted()).toEqual(Object.keys(companionRoutes).toSorted());
});

describe.each(Object.entries(calls))('%s', (_name, call) => {
  const targets = call.kind === 'document' ? places : (['own'] as const);

  it.each(roleSets.map((roles) => ({ roles })))(
    'by $roles, of every document, by header and by path',
    async ({ roles }) => {
      for (const family of ['header', 'path'] as const)
        for (const place of targets) {
          const answer = await serve(call, family, { roles, scopes: writes }, keyOf(place));
          const expected = expectedOf(call, roles, place);
          expect(kindOf(answer), `${place} by ${family}`).toBe(expected);
          if (expected !== 'done') expect(answer.leftNothing, `${place} left a trace`).toBe(true);
        }
    },
  );

  it('by header needs the scope to write, whoever calls', async () => {
    for (const scopes of scopeSets) {
      const answer = await serve(call, 'header', { roles: ['staff'], scopes }, keyOf('own'));
      const expected = scopes.includes('documents:write')
        ? expectedOf(call, ['staff'], 'own')
        : '403 insufficient-scope';
      expect(kindOf(answer), `${scopes}`).toBe(expected);
    }
  });

  it('is for nobody without a token, nor with one that is over', async () => {
    for (const family of ['header', 'path', 'path, over'] as const) {
      const caller = family === 'path, over' ? { roles: ['staff'], scopes: writes } : undefined;
      const answer = await serve(call, family, caller, keyOf('own'));
      expect(kindOf(answer), family).toBe('401 unauthenticated');
      expect(answer.leftNothing).toBe(true);
    }
  });

  if (call.kind === 'document')
    it('answers what is of another tenant, not to be seen, or of another upload, byte for byte as missing', async () => {
      for (const family of ['header', 'path'] as const) {
        const patient = { roles: ['patient'], scopes: writes };
        const missing = await serve(call, family, patient, keyOf('missing'));
        expect(kindOf(missing)).toBe('404 document-not-found');
        for (const place of ['foreign', 'foreignAboutMe', 'colleagues'] as const)
          expect(await serve(call, family, patient, keyOf(place)), place).toEqual(missing);
        const other = await serve(call, family, patient, keyOf('own'), 'another-upload');
        expect(other).toEqual(missing);
      }
    });
});
