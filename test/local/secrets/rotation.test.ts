import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../../local/functions/types.ts';
import { type Rotation, startRotations } from '../../../local/secrets/rotation.ts';
import { openSecret, type Secret, type SecretVersion } from '../../../local/secrets/secret.ts';
import { openSecretStore } from '../../../local/secrets/store.ts';
import { movableClock } from '../../support/clock.ts';
import { aSecret } from './support/server.ts';

const dayMs = 86_400_000;
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate';

type Call = Readonly<Record<'Step' | 'SecretId' | 'ClientRequestToken', string>>;

const directory = mkdtempSync(join(tmpdir(), 'sealdrop-rotation-'));
let clock = movableClock();
let database: DatabaseSync;
let secret: Secret;
let rotation: Rotation | undefined;
let calls: Call[] = [];
let reports: string[] = [];
let failing: string | undefined;
let begunVersion: SecretVersion | undefined;

/** Does what a rotation function does, on the secret itself. */
const rotate = async (_: string, event: unknown): Promise<Invocation> => {
  const call = event as Call;
  calls.push(call);
  if (call.Step === 'createSecret') begunVersion = secret.version(call.ClientRequestToken);
  if (call.Step === failing) return { ok: false, error: { errorType: 'Error', errorMessage: 'not now' } };
  if (call.Step === 'createSecret') secret.put(call.ClientRequestToken, `made on day ${calls.length}`, ['AWSPENDING']);
  if (call.Step === 'finishSecret') secret.moveStage('AWSCURRENT', call.ClientRequestToken);
  return { ok: true, payload: null };
};

const start = (immediately = true, intervalDays = 90) => {
  const plan = aSecret('cursor-key', { rotation: { functionArn, intervalDays, immediately } });
  secret = openSecret(plan, database, clock);
  const report = (what: string, cause: unknown) => reports.push(`${what}: ${cause}`);
  rotation = startRotations([secret], { clock, invoke: rotate, report });
};

/** Closing waits for what is under way. */
const settle = async () => {
  await rotation?.close();
  rotation = undefined;
};

const later = async (days: number, then: Parameters<typeof start> = []) => {
  clock.advance(days * dayMs);
  start(...then);
  await settle();
};

beforeEach(() => {
  clock = movableClock();
  database = openSecretStore(join(directory, `${Math.random()}.sqlite`));
  calls = [];
  reports = [];
  failing = undefined;
});

afterEach(async () => {
  await settle();
  database.close();
  vi.useRealTimers();
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('a rotation', () => {
  it('asks for the four steps in their order, each with the token of a version that is pending', async () => {
    start();
    await settle();
    const token = begunVersion?.id;

    expect(begunVersion).toMatchObject({ value: undefined, stages: ['AWSPENDING'] });
    expect(calls).toEqual(
      ['createSecret', 'setSecret', 'testSecret', 'finishSecret'].map((Step) => ({
        Step,
        SecretId: secret.plan.arn,
        ClientRequestToken: token,
      })),
    );
    expect(secret.staged('AWSCURRENT')?.id).toBe(token);
    expect(reports).toEqual([]);
  });

  it('comes with a new schedule, then when its days are over, counted from the last one', async () => {
    await later(0);
    expect(calls).toHaveLength(4);
    await later(89.99);
    expect(calls).toHaveLength(4);
    await later(0.01);
    expect(calls).toHaveLength(8);
    await later(300);
    expect(calls).toHaveLength(12);
  });

  it('waits for its days where the schedule says so', async () => {
    await later(0, [false, 30]);
    await later(29, [false, 30]);
    expect(calls).toEqual([]);
    await later(1, [false, 30]);
    expect(calls).toHaveLength(4);
  });

  it('comes when the clock says so, and when it is woken', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    start(false, 1);
    clock.advance(dayMs);
    await vi.advanceTimersByTimeAsync(dayMs - 1);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(4);

    clock.advance(dayMs);
    rotation?.wake();
    rotation?.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(8);
  });

  it('that fails is told of, tried again with the same token, and leaves the old value meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    failing = 'testSecret';
    start();
    const before = secret.staged('AWSCURRENT')?.id;
    await vi.advanceTimersByTimeAsync(0);
    expect(reports).toEqual([expect.stringMatching(/could not be rotated.*testSecret failed with Error: not now/)]);
    expect(secret.staged('AWSCURRENT')?.id).toBe(before);

    failing = undefined;
    await vi.advanceTimersByTimeAsync(100);
    expect(new Set(calls.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
    expect(secret.staged('AWSCURRENT')?.id).toBe(calls[0]?.ClientRequestToken);
    expect(secret.staged('AWSPREVIOUS')?.id).toBe(before);
  });

  it('of a function that does not finish is a failure', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    start();
    secret.moveStage = () => undefined;
    await vi.advanceTimersByTimeAsync(0);
    expect(reports).toEqual([expect.stringMatching(/the new version is not AWSCURRENT/)]);
  });
});
