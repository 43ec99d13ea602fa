import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/events/pattern.ts';
import { aRule, createTestBridge, place, principal } from './support/bridge.ts';

const bridge = createTestBridge(
  aRule({ busName: 'app', matches: compilePattern({ detail: { kind: ['wanted'] } }, 'r') }),
  aRule({ arn: 'arn:aws:events:eu-west-1:111122223333:rule/other', matches: () => true }),
);
const entry = { EventBusName: 'app', Source: 'shop', DetailType: 'order.placed', Detail: '{"kind":"wanted","n":1}' };

beforeAll(async () => void (await bridge.start()));
beforeEach(() => {
  bridge.asked = [];
  bridge.sent = [];
  bridge.authorize = () => ({ allowed: true });
});

describe('PutEvents', () => {
  it('brings an event as EventBridge writes it to the targets of rules of its bus that it fits', async () => {
    const Time = new Date('2026-02-28T23:59:59.900Z');
    const { Entries = [], FailedEntryCount } = await bridge.put({ ...entry, Time, Resources: ['arn:aws:x'] });

    expect(FailedEntryCount).toBe(0);
    expect(bridge.sent.map((text) => JSON.parse(text))).toEqual([
      {
        version: '0',
        id: Entries[0]?.EventId,
        'detail-type': 'order.placed',
        source: 'shop',
        ...place,
        time: '2026-02-28T23:59:59Z',
        resources: ['arn:aws:x'],
        detail: { kind: 'wanted', n: 1 },
      },
    ]);
  });

  it('has the time of the bus where an entry names none, and leaves what fits no rule in the log', async () => {
    await bridge.put({ ...entry, Detail: '{"kind":"other"}' });

    expect(bridge.sent).toEqual([]);
    expect(bridge.log().at(-1)).toMatchObject({ time: '2026-03-01T12:00:00Z', detail: { kind: 'other' } });
  });

  it('is asked about entry by entry, with its source and its type, on the bus that it names by name or ARN', async () => {
    const EventBusName = `arn:aws:events:eu-west-1:111122223333:event-bus/app`;
    await bridge.put(entry, { ...entry, EventBusName, Source: 'shop.2' });

    expect(bridge.asked).toMatchObject([
      { principal, action: 'events:PutEvents', resource: EventBusName, conditions: { 'events:source': 'shop' } },
      {
        resource: EventBusName,
        conditions: { 'events:source': 'shop.2', 'events:detail-type': 'order.placed', 'aws:SecureTransport': 'true' },
      },
    ]);
  });

  it('is refused as a whole where one entry is not allowed', async () => {
    bridge.authorize = ({ conditions }) =>
      conditions['events:source'] === 'shop' ? { allowed: true } : { allowed: false, reason: 'implicit-deny' };

    await expect(bridge.put(entry, { ...entry, Source: 'other' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'events:PutEvents on resource: arn:aws:events:eu-west-1:111122223333:event-bus/app',
      ),
    });
    expect(bridge.sent).toEqual([]);
  });

  it('tells per entry what it does not take, and takes the others', async () => {
    const { Entries, FailedEntryCount } = await bridge.put(
      { ...entry, Source: 'aws.s3' },
      { ...entry, Detail: '{"kind":' },
      { ...entry, Detail: '[]' },
      { ...entry, Source: undefined },
      { ...entry, DetailType: undefined },
      { ...entry, Detail: undefined },
      entry,
    );

    expect(FailedEntryCount).toBe(6);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'NotAuthorizedForSourceException',
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      undefined,
    ]);
    expect(Entries?.[0]?.ErrorMessage).toBe('Not authorized for the source.');
    expect(bridge.sent.map((text) => JSON.parse(text).id)).toEqual([Entries?.[6]?.EventId]);
  });

  const large = (sizeBytes: number) => ({ ...entry, Detail: `{"text":"${'x'.repeat(sizeBytes)}"}` });

  it.each([
    ['no entry', [], 'ValidationException'],
    ['eleven entries', Array.from({ length: 11 }, () => entry), 'ValidationException'],
    ['256 KB in one entry', [large(256 * 1024)], 'ValidationException'],
    ['256 KB in all entries', [large(128 * 1024), large(128 * 1024)], 'ValidationException'],
    ['a bus that is not there', [{ ...entry, EventBusName: 'none' }], 'ResourceNotFoundException'],
    ['a trace, which it does not keep', [{ ...entry, TraceHeader: 'Root=1' }], 'ValidationException'],
  ])('with %s is refused', async (_, entries, name) => {
    await expect(bridge.put(...entries)).rejects.toMatchObject({ name });
    expect(bridge.sent).toEqual([]);
  });

  it('takes ten entries and just under 256 KB', async () => {
    const small = { ...entry, Detail: '{}' };
    const room = 256 * 1024 - 10 * Buffer.byteLength('shoporder.placed{}') - Buffer.byteLength('"text":""');
    const { FailedEntryCount } = await bridge.put(...Array.from({ length: 9 }, () => small), large(room));
    expect(FailedEntryCount).toBe(0);
    await expect(bridge.put(...Array.from({ length: 9 }, () => small), large(room + 1))).rejects.toThrow(
      /over the limit/,
    );
  });
});
