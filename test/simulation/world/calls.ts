import { S3ServiceException } from '@aws-sdk/client-s3';
import type { FunctionName } from '../../../contract/functions.ts';
import type { CallSettings, Invocation, Outcome } from './invocation.ts';

type Execute = (command: object) => unknown;

interface Call {
  readonly invocation: Invocation;
  readonly command: object;
  readonly execute: Execute;
  readonly attempts: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** S3's class, because the adapters tell S3's errors by it; the others are told by their names. */
const serviceError = (name: string, httpStatusCode: number, attempts: number) =>
  new S3ServiceException({ name, $fault: 'server', $metadata: { httpStatusCode, attempts } });

/**
 * Every call that a function makes waits here until its time comes, drawn from the seed; so the calls of functions
 * that run at once pass each other in every order. At each the function may die, before or after the effect, be
 * throttled, get an error though the effect was done, or have the SDK make the call twice.
 */
export class Calls {
  readonly #settings: CallSettings;
  #count = 0;
  /** Whether code of ours was woken and has to run before time goes on. */
  isAwake = false;

  constructor(settings: CallSettings) {
    this.#settings = settings;
  }

  invoke<Value>(
    functionName: FunctionName,
    timeoutSeconds: number,
    run: (invocation: Invocation) => Promise<Value>,
    ended: (outcome: Outcome<Value>) => void,
  ): void {
    const { clock, trace, violated } = this.#settings;
    const end = (outcome: Outcome<Value>) => {
      trace(outcome.kind, invocation, outcome.kind === 'failed' ? String(outcome.error) : '');
      if (outcome.kind !== 'died' && invocation.pendingCalls > 0)
        violated(`${functionName} ended with calls under way`);
      invocation.isAlive = false;
      ended(outcome);
    };
    const invocation: Invocation = {
      id: ++this.#count,
      functionName,
      deadline: clock.now + timeoutSeconds * 1000,
      isAlive: true,
      pendingCalls: 0,
      died: () => end({ kind: 'died' }),
    };
    trace('begins', invocation, '');
    this.isAwake = true;
    run(invocation).then(
      (value) => invocation.isAlive && end({ kind: 'answered', value }),
      (error: unknown) => invocation.isAlive && end({ kind: 'failed', error }),
    );
  }

  /** What `client.send` of a function is; `attempts` is 2 for a client that sends nothing a second time. */
  send(invocation: Invocation, command: object, execute: Execute, attempts = 1): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!invocation.isAlive) return;
      invocation.pendingCalls += 1;
      this.#plan({ invocation, command, execute, attempts, resolve, reject });
    });
  }

  #plan(call: Call): void {
    const { clock, random, faults } = this.#settings;
    const { slow, slowMax } = faults();
    const latency = random.chance(slow) ? random.pick([0.01, 0.1, 1]) * slowMax * random.next() : random.int(2, 20);
    const at = Math.floor(clock.now + latency);
    const { invocation } = call;
    if (at > invocation.deadline) clock.at(invocation.deadline, () => this.#kill(invocation));
    clock.at(at, () => this.#arrive(call));
  }

  #kill(invocation: Invocation): void {
    if (!invocation.isAlive) return;
    invocation.isAlive = false;
    invocation.died();
  }

  #arrive(call: Call): void {
    const { random, faults } = this.#settings;
    const { crash, error, retry } = faults();
    // What a dead function sent may still arrive.
    if (!call.invocation.isAlive) {
      if (random.chance(0.5)) this.#discard(call, 'arrives late');
    } else if (random.chance(crash)) {
      if (random.chance(0.5)) this.#discard(call, 'done, and it dies');
      else this.#trace(call, 'dies before');
      this.#kill(call.invocation);
    } else if (random.chance(error)) this.#fail(call);
    else if (call.attempts === 1 && random.chance(retry)) {
      this.#discard(call, 'answer lost, tried again');
      this.#plan({ ...call, attempts: 2 });
    } else this.#answer(call);
  }

  /** Throttled, or done with the answer lost: our code cannot tell the two apart. */
  #fail(call: Call): void {
    const isDone = this.#settings.random.chance(0.5);
    if (isDone) this.#discard(call, 'done, answer lost');
    else this.#trace(call, 'throttled');
    const [name, status] = isDone ? (['TimeoutError', 500] as const) : (['ThrottlingException', 503] as const);
    this.#wake(call, () => call.reject(serviceError(name, status, call.attempts)));
  }

  #answer(call: Call): void {
    try {
      const answer = call.execute(call.command);
      this.#trace(call, 'done');
      this.#wake(call, () => call.resolve(answer));
    } catch (error) {
      const { $metadata } = error as { $metadata?: { attempts?: number } };
      if ($metadata !== undefined) $metadata.attempts = call.attempts;
      this.#trace(call, (error as Error).name);
      this.#wake(call, () => call.reject(error));
    }
  }

  /** The effect without the answer. */
  #discard(call: Call, how: string): void {
    try {
      call.execute(call.command);
      this.#trace(call, how);
    } catch (error) {
      this.#trace(call, `${how}: ${(error as Error).name}`);
    }
  }

  #wake({ invocation }: Call, settle: () => void): void {
    invocation.pendingCalls -= 1;
    this.isAwake = true;
    settle();
  }

  #trace({ command, invocation }: Call, how: string): void {
    this.#settings.trace(command.constructor.name, invocation, how);
  }
}
