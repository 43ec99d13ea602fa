import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { limits } from '../../contract/limits.ts';
import { LinkRequest } from '../../contract/schemas/link.ts';

const { linkExpiresInSecondsMin: min, linkExpiresInSecondsMax: max } = limits;

describe('what a one-time link may be', () => {
  it.each([{}, { expiresInSeconds: min }, { expiresInSeconds: max, disposition: 'inline', reason: 'abc' }])(
    'is %j',
    (body) => expect(z.parse(LinkRequest, body)).toEqual(body),
  );

  it.each([
    { expiresInSeconds: min - 1 },
    { expiresInSeconds: max + 1 },
    { expiresInSeconds: 60.5 },
    { expiresInSeconds: '60' },
    { expiresInSeconds: null },
    { disposition: 'frame' },
    { reason: '' },
    { uses: 2 },
    [],
  ])('is not %j, and the person is told so', (body) => {
    const { error } = z.safeParse(LinkRequest, body);
    expect(error?.issues).toHaveLength(1);
    if (!('uses' in body)) expect(error?.issues[0]?.message).toMatch(/\.$/);
  });
});
