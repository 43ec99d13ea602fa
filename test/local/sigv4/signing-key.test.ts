import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { deriveSigningKey } from '../../../local/sigv4/signature.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const keyOf = (secret: string, date: string): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, date), 'eu-central-1'), 's3'), 'aws4_request');

it('derives the key of this secret and this scope, however many it was asked for before', () => {
  const cases = Array.from({ length: 450 }, (_, index) => [
    `secret ${index % 2}`,
    String(20_260_000 + Math.floor(index / 2)),
  ]);
  for (const [secret = '', date = ''] of cases) {
    expect(deriveSigningKey(secret, `${date}/eu-central-1/s3/aws4_request`)).toEqual(keyOf(secret, date));
  }
});
