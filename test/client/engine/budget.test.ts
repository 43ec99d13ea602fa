import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../client/engine/budget.ts';

const { signal: never } = new AbortController();
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a budget', () => {
  it('lets in what there is room for, in order, and the rest when something is given back', async () => {
    const budget = createBudget(() => 10);
    const came: string[] = [];
    const ask = (name: string, size: number) =>
      budget.acquire(size, never).then((giveBack) => {
        came.push(name);
        return giveBack;
      });
    const [first, second] = [ask('6', 6), ask('5', 5)];
    // It would fit, but whoever waits longer comes first: the large would never come otherwise.
    const third = ask('1', 1);
    await settle();
    expect(came).toEqual(['6']);
    (await first)();
    (await first)();
    await Promise.all([second, third]);
    expect(came).toEqual(['6', '5', '1']);
  });

  it('lets anything in where nothing is held', async () => {
    const budget = createBudget(() => 10);
    (await budget.acquire(1000, never))();
    await budget.acquire(11, never);
  });

  it('asks anew how much there is room for', async () => {
    let capacity = 1;
    const budget = createBudget(() => capacity);
    const giveBack = await budget.acquire(1, never);
    const [second, third] = [budget.acquire(1, never), budget.acquire(1, never)];
    capacity = 2;
    giveBack();
    await Promise.all([second, third]);
  });

  it('lets in who waits as soon as it is told that there is more room', async () => {
    let capacity = 1;
    const budget = createBudget(() => capacity);
    expect(budget.isIdle).toBe(true);
    await budget.acquire(1, never);
    const second = budget.acquire(1, never);
    expect(budget.isIdle).toBe(false);
    capacity = 2;
    budget.wake();
    await second;
  });

  it('forgets who gives up, and lets in who waited behind', async () => {
    const budget = createBudget(() => 10);
    await budget.acquire(6, never);
    const controller = new AbortController();
    const large = budget.acquire(9, controller.signal);
    const small = budget.acquire(2, never);
    controller.abort(new Error('left'));
    await expect(large).rejects.toThrow('left');
    await small;
    await expect(budget.acquire(1, controller.signal)).rejects.toThrow('left');
  });
});
