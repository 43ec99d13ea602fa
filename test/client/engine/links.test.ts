import { describe, expect, it } from 'vitest';
import { usableUntil } from '../../../client/engine/clock.ts';
import { createLinks } from '../../../client/engine/links.ts';
import { fakeTiming } from '../support/fake-timing.ts';

const { signal: never } = new AbortController();
const timing = fakeTiming();
const at = (milliseconds: number) => new Date(timing.now() + milliseconds).toISOString();

/** An API that signs when it is told to. `$&` and its like mean something to `String.replace`. */
function scene(isTime: (wanted: number) => boolean = () => true) {
  const asked: number[][] = [];
  const answers: (() => void)[] = [];
  const callTagged = async (_: string, input: { body: { parts: { partNumber: number }[] } }) => {
    const numbers = input.body.parts.map(({ partNumber }) => partNumber);
    asked.push(numbers);
    await new Promise<void>((resolve) => answers.push(resolve));
    const value = {
      method: 'PUT',
      urlTemplate: 'https://s3.example/key?partNumber={partNumber}&sign={signature}',
      headers: { 'x-fixed': '1' },
      checksumHeader: 'x-amz-checksum-sha256',
      signatures: numbers.map((partNumber) => `$&-${partNumber}`),
      expiresAt: at(300_000),
    };
    return { value, entityTag: undefined, headers: new Headers({ date: new Date(timing.now()).toUTCString() }) };
  };
  const links = createLinks({ callTagged: callTagged as never, timing, documentId: 'one', isTime });
  const answer = async () => {
    for (const one of answers.splice(0)) one();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { links, asked, answer };
}

describe('the links of parts', () => {
  it('are made of the template, whatever stands in a signature', async () => {
    const { links, answer } = scene();
    const link = links.get(7, 'checksum of 7', never);
    await answer();
    expect(await link).toEqual({
      url: 'https://s3.example/key?partNumber=7&sign=$&-7',
      headers: { 'x-fixed': '1', 'x-amz-checksum-sha256': 'checksum of 7' },
      usableUntil: timing.now() + 290_000,
    });
  });

  it('are asked for together while a request is under way', async () => {
    const { links, asked, answer } = scene();
    const got = [1, 2, 3].map((partNumber) => links.get(partNumber, 'c', never));
    await answer();
    await answer();
    expect((await Promise.all(got)).map(({ url }) => url.slice(-3))).toEqual(['&-1', '&-2', '&-3']);
    expect(asked).toEqual([[1], [2, 3]]);
  });

  it('wait while there are enough, until they run short or one is needed at once', async () => {
    let isTime = false;
    const { links, asked, answer } = scene(() => isTime);
    const got = [links.get(1, 'c', never), links.get(2, 'c', never)];
    links.wake();
    expect(asked).toEqual([]);
    isTime = true;
    links.wake();
    isTime = false;
    await answer();
    await Promise.all(got);
    const [third, urgent] = [links.get(3, 'c', never), links.get(4, 'c', never, true)];
    await answer();
    await Promise.all([third, urgent]);
    expect(asked).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('are not asked for by who has left', async () => {
    let isTime = false;
    const { links, asked, answer } = scene(() => isTime);
    const controller = new AbortController();
    const given = links.get(1, 'c', controller.signal);
    const other = links.get(2, 'c', never);
    controller.abort(new Error('left'));
    await expect(given).rejects.toThrow('left');
    isTime = true;
    links.wake();
    await answer();
    await other;
    expect(asked).toEqual([[2]]);
  });
});

describe('until when a link may be used', () => {
  const now = Date.parse('2026-01-01T00:00:00.000Z');
  const expiresAt = '2026-01-01T00:05:00.000Z';

  it.each([
    ['as long as it lives, less a moment', 'Thu, 01 Jan 2026 00:00:00 GMT', now, now + 290_000],
    [
      'as long, where the clock of the device is an hour early',
      'Thu, 01 Jan 2026 00:00:00 GMT',
      now - 3_600_000,
      now - 3_310_000,
    ],
    ['as long, where it is a day late', 'Thu, 01 Jan 2026 00:00:00 GMT', now + 86_400_000, now + 86_690_000],
    ['by the clock of the device, where nobody tells the time', null, now, now + 290_000],
    ['until the storage says no, where that clock cannot be right', null, now - 3_600_000, Number.POSITIVE_INFINITY],
    [
      'until the storage says no, where by that clock it would be over',
      undefined,
      now + 3_600_000,
      Number.POSITIVE_INFINITY,
    ],
  ])('is %s', (_, date, askedAt, until) => {
    expect(usableUntil(expiresAt, date, askedAt)).toBe(until);
  });
});
