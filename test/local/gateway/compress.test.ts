import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compress } from '../../../local/gateway/compress.ts';
import type { GatewayAnswer } from '../../../local/gateway/types.ts';
import { request } from './support/gateway.ts';

const asking = (coding: string) => request({ headers: [['accept-encoding', coding]] });
const answer = (body: string, headers: GatewayAnswer['headers'] = []): GatewayAnswer => ({
  status: 200,
  headers,
  body,
});
const long = 'é'.repeat(50);

describe('compression of answers', () => {
  it.each(['gzip', 'br, gzip', 'deflate, GZIP;q=0.5', 'gzip;q=1.0, identity'])('is done for %s', (coding) => {
    const sent = compress(answer(long), asking(coding), 100);

    expect(sent.headers).toContainEqual(['Content-Encoding', 'gzip']);
    expect(gunzipSync(sent.body as Buffer).toString()).toBe(long);
  });

  it.each(['br', 'identity', 'gzip;q=0', 'gzip;q=0.0, br', 'xgzip'])('is not done for %s', (coding) => {
    expect(compress(answer(long), asking(coding), 100)).toEqual(answer(long));
  });

  it('is not done below the size, counted in bytes, where the API does not, or where it was done', () => {
    expect(compress(answer(long), asking('gzip'), 101)).toEqual(answer(long));
    expect(compress(answer(long), asking('gzip'), undefined)).toEqual(answer(long));
    expect(compress(answer(long), request(), 100)).toEqual(answer(long));
    const coded = answer(long, [['content-encoding', 'br']]);
    expect(compress(coded, asking('gzip'), 100)).toEqual(coded);
  });
});
