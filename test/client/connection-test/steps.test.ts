import { expect, it } from 'vitest';
import { steps } from '../../../client/connection-test/steps.ts';

const download = steps.find(({ name }) => name === 'download');

it.each([
  [true, { reason: 'Connection test' }],
  [false, {}],
])('downloads with a reason where the caller must give one (%s)', async (mustGiveReason, expected) => {
  const asked: unknown[] = [];
  const client = {
    download: async (...options: unknown[]) => {
      asked.push(options);
      return { blob: new Blob(['12345']) };
    },
  };
  const found = { settings: { caller: { mustGiveReason } }, declared: { document: { id: 'the-id' } } };
  expect(await download?.run({ client } as never, found as never)).toContain('5 bytes');
  expect(asked).toEqual([['the-id', expected]]);
});
