import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startAwsStub } from '../../bench/cold-start/aws-stub.ts';
import { firstAnswer } from '../../bench/cold-start/first-answer.ts';
import { firstCalls, issuerKeyPair } from '../../bench/cold-start/first-calls.ts';
import { functions } from '../../contract/functions.ts';
import { bundleFunctions } from '../../lib/bundles.ts';

it('has a good first call for every function, so that what is measured is a request gone well', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'first-calls-'));
  const { published, privateKey } = await issuerKeyPair();
  await using stub = await startAwsStub(published);
  try {
    const calls = await firstCalls(bundleFunctions(directory), { origin: stub.origin, privateKey });
    expect(calls.map(({ name }) => name)).toEqual(Object.keys(functions));
    for (const { call } of calls) await firstAnswer(call);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
