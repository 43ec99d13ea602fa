import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { afterAll } from 'vitest';
import type { Targets } from '../../../../local/events/deliveries.ts';
import type { EventsPlan, RulePlan } from '../../../../local/events/plan.ts';
import { type LocalEventBridge, type RunningRules, startLocalEventBridge } from '../../../../local/events/server.ts';
import type { Invocation } from '../../../../local/functions/types.ts';
import type { AccessRequest, Decision } from '../../../../local/iam/types.ts';
import { movableClock, signingBy } from '../../../support/clock.ts';

export const place = { account: '111122223333', region: 'eu-west-1' };
export const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:work';
export const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:sweep';
const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
export const principal = { arn: 'arn:aws:sts::111122223333:assumed-role/teller/function', accountId: '111122223333' };

export const aRule = (changes: Partial<RulePlan> = {}): RulePlan => ({
  ...place,
  arn: 'arn:aws:events:eu-west-1:111122223333:rule/r',
  busName: 'default',
  targetArns: [queueArn],
  ...changes,
});

/** A local EventBridge with a bus `app` on a data folder of its own, and a queue and a function that note what comes. */
export const createTestBridge = (...rules: readonly RulePlan[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-events-'));
  const clock = movableClock();
  const plan: EventsPlan = { ...place, busNames: ['app'], rules };
  const clients: EventBridgeClient[] = [];
  let server: LocalEventBridge | undefined;
  let running: RunningRules | undefined;

  const stop = async () => {
    await running?.close();
    await server?.close();
    server = undefined;
  };

  const test = {
    clock,
    asked: [] as AccessRequest[],
    reported: [] as string[],
    sent: [] as string[],
    invoked: [] as unknown[],
    authorize: (_: AccessRequest): Decision => ({ allowed: true }),
    /** What the queue does with a message. */
    send: (event: string): void => void test.sent.push(event),
    /** What the function does with an event. */
    invoke: async (_event: unknown): Promise<Invocation> => ({ ok: true, payload: null }),
    start: async () => {
      await stop();
      server = await startLocalEventBridge({
        file: join(directory, 'events.sqlite'),
        logFile: join(directory, 'logs', 'events.log'),
        region: place.region,
        plan,
        clock,
        report: (what, cause) => void test.reported.push(`${what}: ${cause}`),
        credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
        authorize: (request) => {
          test.asked.push(request);
          return test.authorize(request);
        },
      });
      const targets: Targets = {
        isQueue: (arn) => arn === queueArn,
        send: ({ event }) => test.send(event),
        invoke: (_, event) => {
          test.invoked.push(event);
          return test.invoke(event);
        },
      };
      running = server.start(targets);
      return { ...server, ...running };
    },
    stop,
    put: async (...Entries: PutEventsRequestEntry[]) => {
      const client = new EventBridgeClient({
        endpoint: server?.origin ?? '',
        region: place.region,
        credentials,
        maxAttempts: 1,
      });
      clients.push(client);
      return signingBy(clock, client).send(new PutEventsCommand({ Entries }));
    },
    log: (): readonly Record<string, unknown>[] =>
      readFileSync(join(directory, 'logs', 'events.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await stop();
    rmSync(directory, { recursive: true });
  });
  return test;
};
