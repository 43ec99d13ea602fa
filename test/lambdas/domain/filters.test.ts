import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListFilters } from '../../../contract/schemas/list.ts';
import { uuidV7 as ids } from '../../../lambdas/adapters/system.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { fits, folded, idBoundsOf } from '../../../lambdas/domain/filters.ts';
import { aRecord } from '../../support/arbitraries.ts';

const record = aRecord({
  fileName: 'Blutbild März.pdf',
  state: 'available',
  metadata: { category: 'lab', title: 'Straße nach Oz', tags: ['cafe\u0301', 'b'], documentDate: '2026-02-28' },
});

describe('a filter', () => {
  it.each<[ListFilters, boolean]>([
    [{}, true],
    [{ category: 'lab' }, true],
    [{ category: 'la' }, false],
    [{ state: 'available' }, true],
    [{ state: 'pending' }, false],
    [{ mediaType: 'application/pdf' }, true],
    [{ mediaType: 'image/png' }, false],
    [{ tag: 'caf\u00e9' }, true],
    [{ tag: 'cafe\u0301' }, true],
    [{ tag: 'B' }, false],
    [{ tag: 'c' }, false],
    [{ documentDateFrom: '2026-02-28' }, true],
    [{ documentDateTo: '2026-02-28' }, true],
    [{ documentDateFrom: '2026-03-01' }, false],
    [{ documentDateTo: '2026-02-27' }, false],
    [{ documentDateFrom: '2026-01-01', documentDateTo: '2026-12-31' }, true],
    [{ text: 'STRASSE' }, true],
    [{ text: 'ma\u0308RZ' }, true],
    [{ text: 'marz' }, false],
    [{ text: 'pdf' }, true],
    [{ text: 'oz.pdf' }, false],
    [{ category: 'lab', text: 'oz', tag: 'b', state: 'available' }, true],
    [{ category: 'lab', text: 'oz', tag: 'c' }, false],
  ])('%j: %s', (filters, expected) => {
    expect(fits(filters, record)).toBe(expected);
  });

  it.each<ListFilters>([
    { category: 'lab' },
    { tag: 'b' },
    { documentDateFrom: '0000-01-01' },
    { documentDateTo: '9999-12-31' },
  ])('%j lets nothing through that says no such thing', (filters) => {
    expect(fits(filters, aRecord())).toBe(false);
  });

  it('finds a name by any part of it, in capitals, in small letters or decomposed', () => {
    const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, part, after) => {
        const named: DocumentRecord = aRecord({ fileName: `${before} ${part} ${after}` });
        for (const text of [part, part.normalize('NFD'), part.normalize('NFC')])
          expect(fits({ text }, named)).toBe(true);
      }),
    );
  });

  it.each([
    ['ΟΔΟΣ', 'οδος'],
    ['WEISS', 'weiß'],
    ['ДОКУМЕНТ', 'документ'],
    ['ÉCOLE', 'e\u0301cole'],
  ])('takes %s and %s for alike', (one, other) => {
    expect(folded(one)).toBe(folded(other));
  });
});

describe('a range of creation', () => {
  const isWithin = (filters: ListFilters, time: string) => {
    const { from = '', before = 'g' } = idBoundsOf(filters);
    // The random part decides nothing.
    const within = Array.from({ length: 20 }, () => ids.next(new Date(time))).map((id) => id >= from && id < before);
    expect(new Set(within).size).toBe(1);
    return within[0];
  };

  it.each<[ListFilters, string, boolean]>([
    [{}, '1970-01-01T00:00:00.000Z', true],
    [{ createdFrom: '2026-02-28' }, '2026-02-28T00:00:00.000Z', true],
    [{ createdFrom: '2026-02-28' }, '2026-02-27T23:59:59.999Z', false],
    [{ createdTo: '2026-02-28' }, '2026-02-28T23:59:59.999Z', true],
    [{ createdTo: '2026-02-28' }, '2026-03-01T00:00:00.000Z', false],
    [{ createdFrom: '2026-02-28T10:00:00.500Z' }, '2026-02-28T10:00:00.500Z', true],
    [{ createdFrom: '2026-02-28T10:00:00.500Z' }, '2026-02-28T10:00:00.499Z', false],
    [{ createdTo: '2026-02-28T10:00:00.500Z' }, '2026-02-28T10:00:00.500Z', true],
    [{ createdTo: '2026-02-28T10:00:00.500Z' }, '2026-02-28T10:00:00.501Z', false],
    [{ createdTo: '2026-02-28T12:00:00+02:00' }, '2026-02-28T10:00:00.000Z', true],
    [{ createdTo: '2026-02-28T12:00:00+02:00' }, '2026-02-28T10:00:00.001Z', false],
    [{ createdFrom: '0000-01-01', createdTo: '9999-12-31' }, '2026-02-28T10:00:00.000Z', true],
    [{ createdTo: '0000-01-01' }, '1970-01-01T00:00:00.000Z', false],
    [{ createdFrom: '2026-03-01', createdTo: '2026-02-01' }, '2026-02-15T00:00:00.000Z', false],
  ])('%j: %s %s', (filters, time, expected) => {
    expect(isWithin(filters, time)).toBe(expected);
  });
});
