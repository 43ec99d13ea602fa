import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { postForm } from '../support/form.ts';
import { parseError } from '../support/raw.ts';
import { bucketName as Bucket } from '../support/server.ts';
import { headOf, sendBytes, sendSigned } from '../support/sign.ts';

let s3: ConfinedS3;
beforeAll(async () => {
  s3 = await startConfinedS3();
});
afterAll(async () => {
  await s3.expectConfined();
  await s3[Symbol.asyncDispose]();
});

const put = (path: string, body: string) => sendSigned(s3, { method: 'PUT', path: `/${Bucket}/${path}`, body });
const get = (path: string) => sendSigned(s3, { path: `/${Bucket}/${path}` });
const remove = (path: string) => sendSigned(s3, { method: 'DELETE', path: `/${Bucket}/${path}` });

async function listedKeys(): Promise<readonly string[]> {
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
  return Contents.map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', ' ')));
}

describe('the path of a request names the key', () => {
  it.each<[string, string]>([
    ['..', '..'],
    ['.', '.'],
    ['./a', './a'],
    ['../../outside', '../../outside'],
    ['a/../../../../outside', 'a/../../../../outside'],
    ['%2e%2e/%2E%2E/outside', '../../outside'],
    ['%252e%252e%252foutside', '%2e%2e%2foutside'],
    ['..%5C..%5Coutside', '..\\..\\outside'],
    ['/', '/'],
    ['//', '//'],
    ['/etc/passwd', '/etc/passwd'],
    ['a//b', 'a//b'],
    ['a/', 'a/'],
    ['a%2Fb', 'a/b'],
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['%20', ' '],
    ['a%20%20', 'a  '],
    ['%00', '\0'],
    ['a%00.txt', 'a\0.txt'],
    ['%01%09%0A%0D%1F%7F', '\x01\t\n\r\x1f\x7f'],
    ['a%C2%85b', 'a\u0085b'],
    ['%F0%9F%98%80', '😀'],
    ['%EF%BF%BD', '\ufffd'],
    ['e%CC%81', 'e\u0301'],
    ['%C3%A9', '\u00e9'],
    ['%E2%80%AE', '\u202e'],
    ['%3F%23%25', '?#%'],
    ['C:%5Cwindows', 'C:\\windows'],
    ['__proto__', '__proto__'],
    ['metadata.sqlite', 'metadata.sqlite'],
    ['k'.repeat(1024), 'k'.repeat(1024)],
    ['%C3%A9'.repeat(512), 'é'.repeat(512)],
    ['%F0%9F%98%80'.repeat(256), '😀'.repeat(256)],
  ])('%s', async (path, key) => {
    expect(await put(path, key)).toMatchObject({ status: 200 });
    expect(await get(path)).toMatchObject({ status: 200, body: key });
    expect(await listedKeys()).toEqual([key]);
    expect(await remove(path)).toMatchObject({ status: 204 });
    expect(await listedKeys()).toEqual([]);
  });

  it.each([
    ['a byte more', 'k'.repeat(1025), 1025],
    ['a character of two bytes more', '%C3%A9'.repeat(513), 1026],
    ['a byte more than 256 of four', `${'%F0%9F%98%80'.repeat(256)}a`, 1025],
  ])('refuses %s than 1,024 bytes: KeyTooLongError', async (_, path, size) => {
    const error = { Code: 'KeyTooLongError', Size: String(size), MaxSizeAllowed: '1024' };
    for (const send of [put(path, ''), get(path), remove(path)])
      expect(await send).toMatchObject({ status: 400, error });
  });

  it.each([
    ['half an escape', '%'],
    ['no escape', '%zz'],
    ['a byte that starts nothing', '%FF'],
    ['half a character', '%C3'],
    ['half a character in between', 'a%E2%82b'],
    ['a slash written too long', '..%C0%AF..%C0%AFoutside'],
    ['a surrogate', '%ED%A0%80'],
    ['no character any more', '%F5%80%80%80'],
  ])('refuses %s: InvalidURI', async (_, path) => {
    expect(await put(path, '')).toMatchObject({ status: 400, error: { Code: 'InvalidURI' } });
    expect(await get(path)).toMatchObject({ status: 400, error: { Code: 'InvalidURI' } });
  });

  it.each([
    ['bytes that are not escaped', Buffer.from('é')],
    ['a tab', Buffer.from('\t')],
    ['a NUL', Buffer.from('\0')],
  ])('refuses %s', async (_, bytes) => {
    const [before = '', after = ''] = headOf(s3, { path: `/${Bucket}/a` }).split('/a ');
    const answer = await sendBytes(s3, `${before}/a`, bytes, ` ${after}`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(['InvalidURI', 'BadRequest']).toContain(parseError(answer).Code);
  });
});

/** What keys, paths, documents and URLs have trouble with, between anything else. */
const hostile = fc.oneof(
  fc.constantFrom(
    '..',
    '../',
    '/',
    '//',
    '.',
    '\\',
    '\0',
    '%2e',
    '%',
    '+',
    ' ',
    '&',
    '<',
    ']]>',
    '😀',
    '\ufffd',
    '\u2028',
    '\r\n',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const hostileKey = fc
  .array(hostile, { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((key) => key !== '');
const escapeAll = (key: string) => Buffer.from(key).toString('hex').replace(/../g, '%$&');
const escapeSome = (key: string) => encodeURIComponent(key).replaceAll('%2F', '/');

it('gives back any key as it came, escaped in full or as little as may be, and writes nowhere else', async () => {
  const property = fc.asyncProperty(fc.uniqueArray(hostileKey, { minLength: 1, maxLength: 8 }), async (keys) => {
    for (const key of keys) expect(await put(escapeAll(key), key)).toMatchObject({ status: 200 });
    for (const key of keys) expect(await get(escapeSome(key))).toMatchObject({ status: 200, body: key });
    expect((await listedKeys()).toSorted()).toEqual(keys.toSorted());
    await s3.expectConfined();
    for (const key of keys) await remove(escapeSome(key));
    expect(await listedKeys()).toEqual([]);
  });
  await fc.assert(property, { numRuns: 20 });
});

it('takes any key from a form, as it came, or refuses the form', async () => {
  const property = fc.asyncProperty(hostileKey, fc.option(hostileKey, { nil: undefined }), async (key, fileName) => {
    const answer = await postForm(s3, { fields: { key }, file: key, fileName: fileName?.replace(/["\r\n\\]/g, '') });
    if (key.includes('\ufffd') || (fileName ?? '').includes('\0')) expect([204, 400]).toContain(answer.status);
    else expect(answer.status).toBe(204);
    expect(await listedKeys()).toEqual(answer.status === 204 ? [key] : []);
    await s3.expectConfined();
    await remove(escapeSome(key));
  });
  await fc.assert(property, { numRuns: 40 });
});
