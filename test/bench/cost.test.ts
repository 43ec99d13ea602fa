import { describe, expect, it } from 'vitest';
import { billOf, sumOf } from '../../bench/cost/bill.ts';
import { indexWriteUnits } from '../../bench/cost/index-writes.ts';
import { createMeter, items, s3Item, type Usage } from '../../bench/cost/usage.ts';

const nothing = Object.fromEntries(items.map((item) => [item, 0])) as Usage;

describe('write units of indexes', () => {
  const owned = { ownerPk: 'T#t#O#o', documentId: 'd' };
  const due = { dueShard: 'DUE#1', dueAt: '2026-11-21T11:20:00.000Z' };

  it.each([
    ['an item that is in both', undefined, { ...owned, ...due }, 2],
    ['an item that is not due', undefined, { ...owned, dueShard: 'DUE#1' }, 1],
    ['an item that leaves an index', { ...owned, ...due }, owned, 1],
    ['an item whose entry moves', { ...owned, ...due }, { ...owned, ...due, dueAt: 'later' }, 2],
    ['an item whose other attributes change', { ...owned, ...due, state: 'pending' }, { ...owned, ...due }, 0],
    ['an item of no index', undefined, { pk: 'H#t#d', sk: '000001#' }, 0],
  ])('%s', (_, before, after, units) => {
    expect(indexWriteUnits(before, after)).toBe(units);
  });
});

describe('a bill', () => {
  it('prices what was counted, for a million documents', () => {
    const steps = [
      { name: 'a', usage: { ...nothing, dynamodbWriteUnits: 2, s3WriteRequests: 1 } },
      { name: 'b', usage: { ...nothing, dynamodbWriteUnits: 4 } },
    ];
    expect(sumOf(steps).dynamodbWriteUnits).toBe(6);
    const bill = billOf(steps);
    expect(bill.find(({ item }) => item === 'dynamodbWriteUnits')).toEqual({
      item: 'dynamodbWriteUnits',
      quantity: 6,
      cost: 6 * 0.625,
    });
    expect(bill.find(({ item }) => item === 'guardDutyScan')?.cost).toBe(0);
    expect(bill.find(({ item }) => item === 'egress')?.cost).toBeCloseTo(90);
  });

  it.each([
    ['PutObjectTagging', 's3WriteRequests'],
    ['ListObjectVersions', 's3WriteRequests'],
    ['HeadObject', 's3ReadRequests'],
    ['GetObjectTagging', 's3ReadRequests'],
    ['DeleteObject', undefined],
  ])('has %s as %s', (operation, item) => {
    expect(s3Item(operation)).toBe(item);
  });

  it('is of one step only: reading the meter empties it', () => {
    const meter = createMeter();
    meter.add('sqsRequests', 3);
    expect(meter.read().sqsRequests).toBe(3);
    expect(meter.read().sqsRequests).toBe(0);
  });
});
