import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeHistory } from '../../../lambdas/domain/complete-history.ts';
import type { HistoryEntry } from '../../../lambdas/domain/history.ts';
import { aRecord } from '../../support/arbitraries.ts';

const { lastChange } = aRecord();
const changeAt = (revision: number): HistoryEntry => ({ kind: 'change', ...lastChange, revision });
const linkAt = (revision: number, number: number): HistoryEntry => ({
  kind: 'download-issued',
  revision,
  at: lastChange.at,
  by: lastChange.by,
  requestId: `request-${number}`,
  expiresAt: lastChange.at,
});

/** How many links were given out while each revision held. */
const lives = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 12 });

describe('the history of a document', () => {
  it('tells every change once and each link after the change it was given out under, whoever died when', () => {
    fc.assert(
      fc.property(lives, fc.boolean(), fc.nat({ max: 2 }), (linksOf, isLastAppended, later) => {
        const revision = linksOf.length;
        const complete = linksOf.flatMap((links, index) => [
          changeAt(index + 1),
          ...Array.from({ length: links }, (_, number) => linkAt(index + 1, number)),
        ]);
        // What came after the record was read may be in the table already, and so may the last change itself.
        const since = Array.from({ length: isLastAppended ? later : 0 }, (_, index) => changeAt(revision + 1 + index));
        const appended = complete.filter(
          (entry) => isLastAppended || entry.kind !== 'change' || entry.revision !== revision,
        );
        const record = aRecord({ lastChange: { ...lastChange, revision } });
        expect(completeHistory(record, [...appended, ...since])).toEqual([...complete, ...since]);
      }),
    );
  });
});
