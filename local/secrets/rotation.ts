import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { Invocation } from '../functions/types.ts';
import { createRetry } from '../retry.ts';
import { nextRotation } from './next-rotation.ts';
import type { RotationPlan } from './plan.ts';
import { current, pending, type Secret } from './secret.ts';

export interface Rotation {
  /** Looks at the clock again. */
  wake(): void;
  /** Ends a rotation that is under way, and begins no other. */
  close(): Promise<void>;
}

export interface RotationWorld {
  readonly clock: Clock;
  readonly invoke: (functionArn: string, event: unknown) => Promise<Invocation>;
  readonly report: ReportFault;
}

/** In this order ("Rotation by Lambda function" of the user guide). */
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** Longer waits than Node's timers can do are done in pieces. */
const waitMsMax = 86_400_000;

/** The version that an earlier try left behind, else a new one without a value: its id is the token of all steps. */
const beginVersion = (secret: Secret): string => {
  const begun = secret.staged(pending);
  if (begun !== undefined && !begun.stages.includes(current)) return begun.id;
  const token = randomUUID();
  secret.put(token, undefined, [pending]);
  return token;
};

const rotate = async (secret: Secret, { functionArn }: RotationPlan, { clock, invoke }: RotationWorld) => {
  const begunAt = clock.now();
  const token = beginVersion(secret);
  for (const step of steps) {
    const event = { Step: step, SecretId: secret.plan.arn, ClientRequestToken: token };
    const invocation = await invoke(functionArn, event);
    if (!invocation.ok) {
      const { errorType, errorMessage } = invocation.error;
      throw new Error(`${step} failed with ${errorType}: ${errorMessage}`);
    }
  }
  if (secret.staged(current)?.id !== token) throw new Error('After finishSecret the new version is not AWSCURRENT.');
  secret.countFrom(begunAt);
};

/** Rotates one secret by the clock, as its schedule says, until it is closed. A rotation that fails is tried again. */
const startRotation = (secret: Secret, plan: RotationPlan, world: RotationWorld): Rotation => {
  const { clock, report } = world;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const retry = createRetry(() => wake());

  const run = async (): Promise<void> => {
    try {
      await rotate(secret, plan, world);
      retry.succeeded();
    } catch (cause) {
      report(`The secret ${secret.plan.arn} could not be rotated; it is tried again`, cause);
      if (!closed) retry.failed();
      return;
    } finally {
      running = undefined;
    }
    wake();
  };

  const wake = (): void => {
    if (closed || running !== undefined) return;
    clearTimeout(timer);
    const waitMs = (nextRotation(secret) ?? clock.now()).getTime() - clock.now().getTime();
    if (waitMs <= 0) running = run();
    else timer = setTimeout(wake, Math.min(waitMs, waitMsMax));
  };

  if (secret.countedFrom() === undefined && !plan.immediately) secret.countFrom(clock.now());
  wake();
  return {
    wake,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      retry.stop();
      await running;
      retry.stop();
    },
  };
};

/** Rotates every secret that has a schedule. */
export const startRotations = (secrets: readonly Secret[], world: RotationWorld): Rotation => {
  const rotations = secrets.flatMap((secret) =>
    secret.plan.rotation === undefined ? [] : [startRotation(secret, secret.plan.rotation, world)],
  );
  return {
    wake: () => {
      for (const rotation of rotations) rotation.wake();
    },
    close: async () => {
      await Promise.all(rotations.map((rotation) => rotation.close()));
    },
  };
};
