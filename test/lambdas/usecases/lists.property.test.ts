import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListFilters } from '../../../contract/schemas/list.ts';
import { uuidV7 as ids } from '../../../lambdas/adapters/system.ts';
import type { Caller, DocumentRecord } from '../../../lambdas/domain/document.ts';
import { listDocuments } from '../../../lambdas/usecases/list-documents.ts';
import { listOwnDocuments } from '../../../lambdas/usecases/list-own-documents.ts';
import { listSubjectDocuments } from '../../../lambdas/usecases/list-subject-documents.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryCursorKeys } from '../../support/cursor-keys.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}`;
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const recordArbitrary = fc
  .record({
    tenantId: fc.constantFrom('t1', 't1', 't2'),
    ownerId: fc.constantFrom('a', 'b'),
    state: fc.constantFrom('pending', 'available'),
    fileName: fc.constantFrom('Alpha.pdf', 'beta.PDF'),
    mediaType: fc.constantFrom('application/pdf', 'image/png'),
    created: fc.integer({ min: 1, max: 4 }),
    category: optional(fc.constantFrom('lab', 'letter')),
    subject: optional(fc.constantFrom({ type: 'patient', id: 'a' }, { type: 'case', id: 'a' })),
    tags: optional(fc.constantFrom(['x'], ['x', 'y'])),
    documentDate: optional(fc.constantFrom(day(1), day(2))),
  })
  .map(({ created, category, subject, tags, documentDate, ...rest }): DocumentRecord => {
    const at = new Date(`${day(created)}T12:00:00.000Z`);
    const given = Object.entries({ category, subject, tags, documentDate }).filter(([, value]) => value !== undefined);
    return aRecord({
      ...(rest as Partial<DocumentRecord>),
      documentId: ids.next(at),
      createdAt: at.toISOString(),
      ...(given.length > 0 && { metadata: Object.fromEntries(given) }),
    });
  });

const filtersArbitrary = fc.record(
  {
    category: fc.constant('lab'),
    state: fc.constant('available' as const),
    tag: fc.constant('y'),
    mediaType: fc.constant('image/png'),
    createdFrom: fc.constantFrom(day(2), `${day(2)}T12:00:00.000Z`),
    createdTo: fc.constantFrom(day(3), `${day(3)}T12:00:00.000Z`),
    documentDateFrom: fc.constant(day(2)),
    documentDateTo: fc.constant(day(1)),
    text: fc.constantFrom('ALPHA', '.pdf'),
  },
  { requiredKeys: [] },
);

/** The filters said anew, over the whole table: dates by the first ten letters of times. */
const isAskedFor = (filters: ListFilters, { metadata = {}, ...record }: DocumentRecord): boolean =>
  [
    filters.category === undefined || metadata.category === filters.category,
    filters.state === undefined || record.state === filters.state,
    filters.tag === undefined || metadata.tags?.includes(filters.tag),
    filters.mediaType === undefined || record.mediaType === filters.mediaType,
    filters.createdFrom === undefined || record.createdAt.slice(0, 10) >= filters.createdFrom.slice(0, 10),
    filters.createdTo === undefined || record.createdAt.slice(0, 10) <= filters.createdTo.slice(0, 10),
    filters.documentDateFrom === undefined || (metadata.documentDate ?? '') >= filters.documentDateFrom,
    filters.documentDateTo === undefined || (metadata.documentDate ?? '9') <= filters.documentDateTo,
    filters.text === undefined || record.fileName.toLowerCase().includes(filters.text.toLowerCase()),
  ].every(Boolean);

const caller = (role: Caller['roles'][number]): Caller => ({ tenantId: 't1', subjectId: 'a', roles: [role] });
const isAboutPatientA = ({ metadata }: DocumentRecord) => metadata?.subject?.type === 'patient';

type Page = Awaited<ReturnType<ReturnType<typeof listDocuments>>>;
type Ask = (
  deps: Parameters<typeof listDocuments>[0],
  query: ListFilters & { limit: number; cursor?: string },
) => Promise<Page>;

/** Every list with who asks for it, and what is in it. */
const lists: readonly (readonly [name: string, ask: Ask, holds: (record: DocumentRecord) => boolean])[] = [
  [
    'own',
    (deps, query) => listOwnDocuments(deps)({ caller: caller('staff'), query }),
    ({ ownerId }) => ownerId === 'a',
  ],
  ['staff', (deps, query) => listDocuments(deps)({ caller: caller('staff'), query }), () => true],
  [
    'patient',
    (deps, query) => listDocuments(deps)({ caller: caller('patient'), query }),
    ({ ownerId }) => ownerId === 'a',
  ],
  [
    'about the patient who asks',
    (deps, query) =>
      listSubjectDocuments(deps)({
        caller: caller('patient'),
        params: { subjectType: 'patient', subjectId: 'a' },
        query,
      }),
    isAboutPatientA,
  ],
];

describe('the pages of a list', () => {
  it.each(lists)('(%s) hold every document that fits, once, newest first, and no other', async (_, ask, holds) => {
    const records = fc.array(recordArbitrary, { maxLength: 60 });
    const limit = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(
        records,
        filtersArbitrary,
        fc.array(limit, { minLength: 1, maxLength: 5 }),
        async (all, filters, sizes) => {
          const deps = { documents: memoryDocuments(...all), cursorKeys: memoryCursorKeys() };
          const seen: string[] = [];
          let cursor: string | undefined;
          for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
            const size = sizes[page % sizes.length] ?? 1;
            const answer = await ask(deps, { ...filters, limit: size, ...(cursor !== undefined && { cursor }) });
            if (!answer.ok) throw new Error(answer.failure.kind);
            expect(answer.value.documents.length).toBeLessThanOrEqual(size);
            seen.push(...answer.value.documents.map(({ id }) => id));
            cursor = answer.value.nextCursor;
          }
          const expected = all
            .filter((record) => record.tenantId === 't1' && holds(record) && isAskedFor(filters, record))
            .map(({ documentId }) => documentId);
          expect(seen).toEqual(expected.toSorted().toReversed());
        },
      ),
    );
  });
});
