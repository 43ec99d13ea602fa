import { beforeAll, describe, expect, it } from 'vitest';
import { measureLists, type Size } from '../../bench/lists/measure.ts';

describe('what pages of lists read', () => {
  let small: Size;
  let large: Size;
  beforeAll(async () => {
    [small, large] = (await measureLists([1000, 2000])) as [Size, Size];
  }, 60_000);

  it('is the same whether documents were created or filled in', () => {
    expect(small.twinCosts).toEqual(small.costs);
    expect(large).not.toHaveProperty('twinCosts');
  });

  it('is the same among twice as many', () => {
    expect(large.costs).toEqual(small.costs);
  });

  it.each([
    ['own, the first 25', 25.5, 2, 25],
    ["a subject's, the first 25", 25.5, 2, 25],
    ["the tenant's, the first 25", 27, 5, 25],
    ["the tenant's, the first 100", 108, 5, 100],
    ["the tenant's, 25 of which every tenth fits", 351, 20, 25],
    ['own, nothing fits', 408, 10, 0],
    ["the tenant's, nothing fits", 432, 25, 0],
  ])('of %s is %d units in %d requests', (name, readUnits, requests, documents) => {
    expect(large.costs.find((each) => each.name === name)).toEqual({ name, readUnits, requests, documents });
  });
});
