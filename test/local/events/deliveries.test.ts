import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../../local/functions/types.ts';
import { aRule, createTestBridge, functionArn, place, queueArn } from './support/bridge.ts';

const minuteMs = 60_000;
const failure: Invocation = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };
const interval = (minutes: number) => (after: Date) => new Date(after.getTime() + minutes * minuteMs);

describe('an event of a service', () => {
  const bridge = createTestBridge(aRule({ matches: () => true, targetArns: [queueArn, functionArn] }));

  beforeEach(async () => {
    bridge.sent = [];
    bridge.invoked = [];
    bridge.reported = [];
    bridge.send = (event) => void bridge.sent.push(event);
    bridge.invoke = async () => ({ ok: true, payload: null });
  });

  it('goes to all targets of the rule, once', async () => {
    const rules = await bridge.start();
    rules.putServiceEvent('aws.guardduty', 'Scan', { clean: true }, ['arn:a']);
    await rules.settled();
    rules.wake();
    await rules.settled();

    const event = { source: 'aws.guardduty', 'detail-type': 'Scan', resources: ['arn:a'], detail: { clean: true } };
    expect(bridge.sent.map((text) => JSON.parse(text))).toMatchObject([{ ...event, ...place, version: '0' }]);
    expect(bridge.invoked).toMatchObject([event]);
  });

  it('waits for a queue that refuses it, and is told of', async () => {
    let isOpen = false;
    bridge.send = (event) => {
      if (!isOpen) throw new Error('AccessDenied');
      bridge.sent.push(event);
    };
    const rules = await bridge.start();
    rules.putServiceEvent('aws.guardduty', 'Scan', {}, []);
    await rules.settled();
    expect(bridge.sent).toEqual([]);
    expect(bridge.reported[0]).toBe(
      `An event could not be delivered to ${queueArn}; it is tried again: Error: AccessDenied`,
    );

    isOpen = true;
    await vi.waitUntil(() => bridge.sent.length === 1, { interval: 5 });
  });

  it('outlives a restart until it is delivered', async () => {
    bridge.send = () => {
      throw new Error('AccessDenied');
    };
    const rules = await bridge.start();
    rules.putServiceEvent('aws.guardduty', 'Scan', { n: 7 }, []);
    await rules.settled();
    await bridge.stop();
    bridge.send = (event) => void bridge.sent.push(event);
    await (await bridge.start()).settled();

    expect(bridge.sent.map((text) => JSON.parse(text).detail)).toEqual([{ n: 7 }]);
  });

  it('is given to a function that fails twice more, after one minute and after two, and then given up', async () => {
    bridge.invoke = async () => failure;
    const rules = await bridge.start();
    rules.putServiceEvent('aws.guardduty', 'Scan', {}, []);
    const attempts: number[] = [];
    for (const waitMs of [0, minuteMs - 1, 1, 2 * minuteMs - 1, 1, 60 * minuteMs]) {
      bridge.clock.advance(waitMs);
      rules.wake();
      await rules.settled();
      attempts.push(bridge.invoked.length);
    }

    expect(attempts).toEqual([1, 1, 2, 2, 3, 3]);
    expect(new Set(bridge.invoked.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(bridge.reported).toEqual([
      `An event for ${functionArn} failed; it is tried again in 60 s: Error: Error: no`,
      `An event for ${functionArn} failed; it is tried again in 120 s: Error: Error: no`,
      `An event for ${functionArn} failed; it is given up: Error: Error: no`,
    ]);
  });
});

describe('a schedule', () => {
  const rule = aRule({ nextRun: interval(5), targetArns: [functionArn] });
  const bridge = createTestBridge(rule);

  it('runs when its time has come by the clock, once however long that was ago, and goes on from there', async () => {
    const counts: number[] = [];
    let rules = await bridge.start();
    const look = async (minutes: number) => {
      bridge.clock.advance(minutes * minuteMs);
      rules.wake();
      await rules.settled();
      counts.push(bridge.invoked.length);
    };
    await look(0);
    await look(4);
    await look(1);
    await look(4);
    await look(90 * 24 * 60);
    // Meanwhile nothing runs: it is made up for at the start, once.
    await bridge.stop();
    bridge.clock.advance(60 * minuteMs);
    rules = await bridge.start();
    await rules.settled();
    await look(0);
    await look(5);

    expect(counts).toEqual([0, 0, 1, 1, 2, 3, 4]);
    expect(bridge.invoked[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      ...place,
      time: '2026-03-01T12:05:00Z',
      resources: [rule.arn],
      detail: {},
    });
  });
});
