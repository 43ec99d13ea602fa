import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFunction } from '../../../local/functions/function.ts';
import type { FunctionConfig, LambdaFunction } from '../../../local/functions/types.ts';

let directory: string;
let functions: LambdaFunction[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-functions-'));
  functions = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(functions.map((lambda) => lambda.close()));
  rmSync(directory, { recursive: true });
});

const start = (code: string, overrides: Partial<FunctionConfig> = {}): LambdaFunction => {
  const codeDirectory = join(directory, 'code');
  mkdirSync(codeDirectory, { recursive: true });
  writeFileSync(join(codeDirectory, 'index.mjs'), code);
  const lambda = createFunction(
    {
      name: 'example',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:example',
      codeDirectory,
      handler: 'index.handler',
      timeoutSeconds: 10,
      memorySizeMb: 256,
      environment: { TABLE_NAME: 'documents' },
      concurrencyMax: 2,
      ...overrides,
    },
    join(directory, 'logs'),
  );
  functions.push(lambda);
  return lambda;
};

const log = () => readFileSync(join(directory, 'logs', 'example.log'), 'utf8');

describe('a function', () => {
  it('gets the event and the documented context', async () => {
    const lambda = start(`export const handler = async (event, context) => ({
      event, name: context.functionName, id: context.awsRequestId, arn: context.invokedFunctionArn,
      memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() });`);

    const invocation = await lambda.invoke({ hello: 'world' });

    expect(invocation).toMatchObject({
      ok: true,
      payload: { event: { hello: 'world' }, name: 'example', arn: lambda.config.arn, memory: '256' },
    });
    const { left, id } = (invocation as { payload: { left: number; id: string } }).payload;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(10_000);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sees its own environment and nothing of ours', async () => {
    vi.stubEnv('SEALDROP_TEST_CANARY', 'ours');
    const lambda = start('export const handler = async () => process.env;');

    const invocation = await lambda.invoke({});

    expect(invocation).toEqual({ ok: true, payload: { TABLE_NAME: 'documents' } });
  });

  it('is in UTC, wherever the machine is', async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const lambda = start('export const handler = async () => new Date(0).getTimezoneOffset();');

    expect(await lambda.invoke({})).toEqual({ ok: true, payload: 0 });
  });

  it('stays warm between invocations', async () => {
    const lambda = start('let count = 0; export const handler = async () => ++count;');

    await lambda.invoke({});
    await lambda.invoke({});

    expect(await lambda.invoke({})).toEqual({ ok: true, payload: 3 });
  });

  it('runs one invocation at a time per instance, and more in line', async () => {
    const lambda = start(`let running = 0;
      export const handler = async () => {
        running += 1;
        const seen = running;
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return seen;
      };`);

    const invocations = await Promise.all(Array.from({ length: 12 }, () => lambda.invoke({})));

    expect(invocations).toEqual(Array.from({ length: 12 }, () => ({ ok: true, payload: 1 })));
  });

  it('starts no more instances than it may', async () => {
    const lambda = start(`import { threadId } from 'node:worker_threads';
      export const handler = async () => threadId;`);

    const invocations = await Promise.all(Array.from({ length: 12 }, () => lambda.invoke({})));

    expect(new Set(invocations.map((invocation) => JSON.stringify(invocation))).size).toBe(2);
  });

  it('answers those who wait in line when it is closed', async () => {
    const lambda = start('export const handler = () => new Promise(() => {});', { concurrencyMax: 1 });
    const invocations = [lambda.invoke({}), lambda.invoke({})];
    await lambda.close();
    functions = [];

    expect(await Promise.all(invocations)).toMatchObject([{ ok: false }, { ok: false }]);
  });

  it('answers with the error a handler throws and stays warm', async () => {
    const lambda = start(`let count = 0; export const handler = async () => {
      count += 1; if (count === 1) throw new TypeError('no such thing'); return count; };`);

    expect(await lambda.invoke({})).toMatchObject({
      ok: false,
      error: { errorType: 'TypeError', errorMessage: 'no such thing' },
    });
    expect(await lambda.invoke({})).toEqual({ ok: true, payload: 2 });
  });

  it('is ended when it takes longer than its timeout, and starts afresh', async () => {
    const lambda = start(
      `let count = 0; export const handler = async (event) => { count += 1; while (event.hang); return count; };`,
      { timeoutSeconds: 1, concurrencyMax: 1 },
    );
    await lambda.invoke({ hang: false });

    expect(await lambda.invoke({ hang: true })).toMatchObject({
      ok: false,
      error: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 1.00') },
    });
    expect(await lambda.invoke({ hang: false })).toEqual({ ok: true, payload: 1 });
  });

  it.each([
    ['an exit', 'process.exit(3)', 'Runtime.ExitError'],
    [
      'an exception outside the promise',
      "setImmediate(() => { throw new RangeError('late') }); await new Promise(() => {})",
      'RangeError',
    ],
    ['a rejection nobody handles', "Promise.reject(new RangeError('lost')); await new Promise(() => {})", 'RangeError'],
  ])('reports %s and starts afresh', async (_, code, errorType) => {
    const lambda = start(`export const handler = async (event) => { if (event.crash) { ${code} } return 'well'; };`, {
      concurrencyMax: 1,
    });

    expect(await lambda.invoke({ crash: true })).toMatchObject({ ok: false, error: { errorType } });
    expect(await lambda.invoke({ crash: false })).toEqual({ ok: true, payload: 'well' });
  });

  it.each([
    ['a bundle that throws while it loads', "throw new Error('no table')", 'Error'],
    ['a bundle without the handler', 'export const other = 1;', 'Runtime.HandlerNotFound'],
  ])('reports %s', async (_, code, errorType) => {
    const lambda = start(code);

    expect(await lambda.invoke({})).toMatchObject({ ok: false, error: { errorType } });
  });

  it('reports a bundle that is not there', async () => {
    const lambda = start('', { handler: 'elsewhere.handler' });

    expect(await lambda.invoke({})).toMatchObject({ ok: false, error: { errorType: 'Runtime.ImportModuleError' } });
  });

  it('refuses an answer over 6 MB', async () => {
    const lambda = start("export const handler = async () => 'x'.repeat(7 * 1024 * 1024);");

    expect(await lambda.invoke({})).toMatchObject({
      ok: false,
      error: { errorType: 'Function.ResponseSizeTooLarge' },
    });
  });

  it('is closed only when a thread that was too slow is gone, which could write to the log until then', async () => {
    const file = join(directory, 'ended');
    // A thread cannot be ended within a call that blocks it.
    const lambda = start(
      `import { execFileSync } from 'node:child_process';
      const code = "setTimeout(() => require('node:fs').writeFileSync(process.argv[1], ''), 1500)";
      export const handler = async (file) => execFileSync(process.execPath, ['-e', code, file]);`,
      { timeoutSeconds: 1 },
    );
    expect(await lambda.invoke(file)).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    expect(existsSync(file)).toBe(false);
    await lambda.close();
    functions = [];

    expect(existsSync(file)).toBe(true);
  });

  it('writes what the function prints, and its failures, to its log file', async () => {
    const lambda = start("export const handler = async () => { console.log('printed'); throw new Error('broken'); };");

    await lambda.invoke({});
    await lambda.close();
    functions = [];

    expect(log()).toContain('printed');
    expect(log()).toContain('Error: broken');
  });
});
