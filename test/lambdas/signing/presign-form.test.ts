import { describe, expect, it } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { type PresignFormRequest, presignForm } from '../../../lambdas/signing/presign-form.ts';

const region = 'eu-central-1';
const request: PresignFormRequest = {
  endpoint: s3Endpoint({ bucket: 'examplebucket', region }),
  key: 'documents/t1/0a/d1',
  sizeBytesMin: 1,
  sizeBytesMax: 10,
  fields: { 'content-type': 'application/pdf', 'x-amz-meta-a': 'b' },
  region,
  credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
  expiresInSeconds: 300,
  now: new Date('2026-11-21T10:20:30.999Z'),
};
const sign = (changes: Partial<PresignFormRequest>) => presignForm({ ...request, ...changes });
const nameOfFile = '$'.concat('{filename}');

describe('presignForm', () => {
  it('holds each of its fields to exactly that value, and the file to its sizes', () => {
    const { url, fields } = sign({});
    const { Policy = '', 'X-Amz-Signature': signature, ...held } = fields;
    expect(url).toBe('https://examplebucket.s3.eu-central-1.amazonaws.com/');
    expect(JSON.parse(Buffer.from(Policy, 'base64').toString())).toEqual({
      expiration: '2026-11-21T10:25:30Z',
      conditions: [
        ['content-length-range', 1, 10],
        ...Object.entries(held).map(([name, value]) => ({ [name]: value })),
      ],
    });
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(held).toMatchObject({ key: request.key, 'x-amz-meta-a': 'b', 'X-Amz-Security-Token': 'token' });
  });

  it.each([
    'acl',
    'Content-Type',
    'redirect',
    'file',
    'key',
    'bucket',
    'x-amz-algorithm',
    'x-amz-meta-',
    'x-ignore-a',
    '',
  ])('throws for the field %j', (name) => {
    expect(() => sign({ fields: { [name]: 'a' } })).toThrow('is no field that a form may have');
  });

  it.each([nameOfFile, `a/${nameOfFile}`, 'a\nb', 'a\r\nb', '\0', '\ud800'])(
    'throws for the value %j, of a field and of the key',
    (value) => {
      expect(() => sign({ fields: { 'x-amz-meta-a': value } })).toThrow("'x-amz-meta-a' holds what S3 would not take");
      expect(() => sign({ key: value })).toThrow(RangeError);
    },
  );

  it.each([
    [-1, 1],
    [0.5, 1],
    [0, Number.POSITIVE_INFINITY],
    [2, 1],
    [Number.NaN, 1],
  ])('throws for files of %d to %d bytes', (sizeBytesMin, sizeBytesMax) => {
    expect(() => sign({ sizeBytesMin, sizeBytesMax })).toThrow(RangeError);
  });

  it('throws for a lifetime and a key that can be none', () => {
    expect(() => sign({ expiresInSeconds: 0 })).toThrow('lives 1 to 604800 whole seconds');
    expect(() => sign({ key: '' })).toThrow('An object key has 1 to 1024 bytes');
  });
});
