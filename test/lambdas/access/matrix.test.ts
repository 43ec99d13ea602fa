import { describe, expect, it } from 'vitest';
import { matrix, variants } from './support/matrix.ts';
import { type Row, routeNames, type Served } from './support/row.ts';
import { documentIdOf, type Place, places } from './support/world.ts';

const roleNames = ['patient', 'staff', 'admin', 'service'];

/** Every set of roles: none, each, and all that can be together. */
const roleSets = Array.from({ length: 16 }, (_, bits) => roleNames.filter((_role, index) => bits & (1 << index)));

const scopeSets = ['', 'r', 'w', 'a', 'rwa'].map((letters) =>
  ['documents:read', 'documents:write', 'documents:admin'].filter((name) => letters.includes(name.charAt(10))),
);
const all = scopeSets.at(-1) ?? [];

const reached: Readonly<Record<string, readonly Place[]>> = {
  '-': [],
  o: ['own'],
  c: ['own', 'aboutMe'],
  t: ['own', 'aboutMe', 'caseOfMe', 'colleagues'],
};

/** What the roles reach together by the letters of a row. */
const reachOf = (rights: string, roles: readonly string[]): readonly Place[] =>
  places.filter((place) => roles.some((role) => reached[rights.charAt(roleNames.indexOf(role))]?.includes(place)));

/** Who sees a document at all is told what they may not do with it; nobody else learns that it is there. */
const mayRead = 'cttt';

const kindOf = ({ statusCode, body }: Served): string =>
  statusCode < 400 ? 'done' : `${statusCode}${body && ` ${JSON.parse(body).type.split('/').at(-1)}`}`;

/** A refusal as the route can tell it. */
const told = ({ hasBody }: Row, expected: string): string =>
  hasBody || expected === 'done' ? expected : expected.slice(0, 3);

const expectedOf = ({ kind, rights, refusal }: Row, roles: readonly string[], place: Place): string => {
  if (kind === 'open' || kind === 'signed-in') return 'done';
  if (roles.length === 0) return kind === 'document' ? '404 document-not-found' : '403 not-permitted';
  if (kind !== 'document') return reachOf(rights, roles).length > 0 ? 'done' : refusal;
  if (reachOf(rights, roles).includes(place)) return 'done';
  return reachOf(mayRead, roles).includes(place) ? refusal : '404 document-not-found';
};

const holds = ({ scope }: Row, scopes: readonly string[]): boolean =>
  [...scope].every((letter) => scopes.some((name) => name.charAt(10) === letter));

it('has a line for every route', () => expect(Object.keys(matrix).toSorted()).toEqual([...routeNames].toSorted()));

describe.each(Object.entries({ ...matrix, ...variants }))('%s', (_route, row) => {
  const targets = row.kind === 'document' ? places : (['own'] as const);

  it.each(roleSets.map((roles) => ({ roles })))(
    'by $roles: every document, with and without its scope',
    async ({ roles }) => {
      for (const place of targets)
        for (const scopes of scopeSets) {
          const answer = await row.serve({ roles, scopes }, documentIdOf(place));
          const expected = holds(row, scopes) ? expectedOf(row, roles, place) : '403 insufficient-scope';
          expect(kindOf(answer), `${place} with ${scopes}`).toBe(told(row, expected));
          if (expected !== 'done') expect(answer.leftNothing, `${place} left a trace`).toBe(true);
        }
    },
  );

  if (row.kind === 'document')
    it('answers what is of another tenant, or not to be seen, byte for byte as missing', async () => {
      for (const roles of roleSets) {
        const { leftNothing, ...missing } = await row.serve({ roles, scopes: all }, documentIdOf('missing'));
        expect(kindOf({ leftNothing, ...missing })).toBe(told(row, '404 document-not-found'));
        for (const place of places.filter((each) => !reachOf(mayRead, roles).includes(each)))
          expect(await row.serve({ roles, scopes: all }, documentIdOf(place)), place).toEqual({
            leftNothing,
            ...missing,
          });
      }
    });

  if (row.kind === 'list')
    it('shows exactly what each role reaches', async () => {
      for (const roles of roleSets.filter((each) => reachOf(row.rights, each).length > 0)) {
        const { documents } = JSON.parse((await row.serve({ roles, scopes: all })).body);
        const shown = (documents as { id: string }[]).map(({ id }) => id);
        const expected = reachOf(row.rights, roles).filter((place) => row.among.includes(place));
        expect(shown.toSorted(), `${roles}`).toEqual(expected.map(documentIdOf).toSorted());
      }
    });

  it(row.kind === 'open' ? 'is for everybody' : 'is for nobody without a token', async () => {
    const answer = await row.serve(undefined, documentIdOf('own'));
    expect(kindOf(answer)).toBe(told(row, row.kind === 'open' ? 'done' : '401 unauthenticated'));
    if (row.kind !== 'open') expect(answer.leftNothing).toBe(true);
  });
});
