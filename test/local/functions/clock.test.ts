import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../local/clock.ts';
import { shareOffset } from '../../../local/functions/clock-offset.ts';
import { createFunction } from '../../../local/functions/function.ts';
import type { LambdaFunction } from '../../../local/functions/types.ts';
import { movableClock } from '../../support/clock.ts';

const directory = mkdtempSync(join(tmpdir(), 'sealdrop-functions-clock-'));
const codeDirectory = join(directory, 'code');
const functions: LambdaFunction[] = [];

mkdirSync(codeDirectory);
writeFileSync(
  join(codeDirectory, 'index.mjs'),
  `const loadedAt = Date.now();
   const born = new Date(0);
   export const handler = async (event, context) => ({
     loadedAt, now: Date.now(), made: new Date().getTime(), called: new Date(Date()).getTime(),
     given: new Date('2020-02-02').toISOString(), parts: new Date(2020, 1, 2).getMonth(), utc: Date.UTC(2020, 0),
     parsed: Date.parse('2020-02-02'),
     same: born instanceof Date && born.constructor === Date && Object.getPrototypeOf(born) === Date.prototype,
     derived: new (class extends Date {})().getTime(), left: context.getRemainingTimeInMillis() });`,
);

const start = (clock: Clock) => {
  const config = {
    name: 'example',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:example',
    codeDirectory,
    handler: 'index.handler',
    timeoutSeconds: 10,
    memorySizeMb: 256,
    environment: {},
    concurrencyMax: 1,
  };
  const lambda = createFunction(config, join(directory, 'logs'), shareOffset(clock));
  functions.push(lambda);
  return async () => {
    const invocation = await lambda.invoke({});
    if (!invocation.ok) throw new Error(invocation.error.errorMessage);
    return invocation.payload as Readonly<Record<'loadedAt' | 'now' | 'made' | 'called' | 'derived' | 'left', number>>;
  };
};

afterAll(async () => {
  await Promise.all(functions.map((lambda) => lambda.close()));
  rmSync(directory, { recursive: true });
});

/** As much as a loaded machine may be late. */
const lateMsMax = 20_000;

const expectAt = (time: Date, ...values: readonly number[]): void => {
  for (const value of values) expect(Math.abs(value - time.getTime())).toBeLessThan(lateMsMax);
};

describe('the clock of a function', () => {
  it('is the injected one, from when it is loaded on and wherever that is moved', async () => {
    const clock = movableClock();
    const call = start(clock);
    const first = await call();
    expectAt(clock.now(), first.loadedAt, first.now, first.made, first.called, first.derived);

    clock.advance(90 * 86_400_000);
    const second = await call();
    expect(second.loadedAt).toBe(first.loadedAt);
    expectAt(clock.now(), second.now, second.made, second.called, second.derived);
  });

  it('leaves dates that are made of values, and deadlines, as they are', async () => {
    expect(await start(movableClock())()).toMatchObject({
      given: '2020-02-02T00:00:00.000Z',
      parts: 1,
      utc: Date.UTC(2020, 0),
      parsed: Date.parse('2020-02-02'),
      same: true,
    });
    const { left } = await start(movableClock())();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  it("is the machine's where the cloud has that, with nothing between", async () => {
    expect(shareOffset(systemClock)).toBeUndefined();
    const { now, left } = await start(systemClock)();
    expectAt(new Date(), now);
    expect(left).toBeLessThanOrEqual(10_000);
  });
});
