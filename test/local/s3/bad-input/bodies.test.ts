import { createHash, randomBytes } from 'node:crypto';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  startChecksum,
} from '../../../../local/s3/body/checksum.ts';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { begin } from '../support/multipart.ts';
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

/** Nothing may be left of a body that was refused. */
afterEach(async () => {
  expect((await s3.client.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? []).toEqual([]);
});

const unsigned = { payloadHash: 'UNSIGNED-PAYLOAD' };
const md5 = (text: string | Buffer): string => createHash('md5').update(text).digest('base64');

describe.each([
  ['PutObject', async () => ({ method: 'PUT', path: `/${Bucket}/k` })],
  [
    'UploadPart',
    async (ChecksumAlgorithm?: ChecksumAlgorithm) => {
      const { UploadId } = await begin(s3, ChecksumAlgorithm && { ChecksumAlgorithm });
      return { method: 'PUT', path: `/${Bucket}/k`, query: `partNumber=1&uploadId=${UploadId}` };
    },
  ],
])('a body of %s', (_, begun) => {
  let target: Awaited<ReturnType<typeof begun>>;
  beforeEach(async () => {
    target = await begun();
  });
  const raw = async (lines: readonly string[], ...body: (string | Buffer)[]) => {
    const answer = await sendBytes(s3, headOf(s3, { ...target, ...unsigned }, ...lines), ...body);
    return { status: Number(answer.slice(9, 12)), ...parseError(answer) };
  };

  it.each([
    ['is shorter than its length says', ['content-length: 10'], 'hello', 400, 'IncompleteBody'],
    ['is not there', ['content-length: 10'], '', 400, 'IncompleteBody'],
    ['has no length', [], '', 411, 'MissingContentLength'],
    ['has a length that is no number', ['content-length: abc'], 'hello', 400, 'BadRequest'],
    ['has a negative length', ['content-length: -1'], 'hello', 400, 'BadRequest'],
    ['has a length with a sign', ['content-length: +5'], 'hello', 400, 'BadRequest'],
    ['has a length in hexadecimal', ['content-length: 0x5'], 'hello', 400, 'BadRequest'],
    ['has half a byte', ['content-length: 5.5'], 'hello', 400, 'BadRequest'],
    ['has two lengths', ['content-length: 5', 'content-length: 4'], 'hello', 400, 'BadRequest'],
    ['has two lengths in one', ['content-length: 5, 4'], 'hello', 400, 'BadRequest'],
    [
      'has a length and none',
      ['content-length: 5', 'transfer-encoding: chunked'],
      '5\r\nhello\r\n0\r\n\r\n',
      400,
      'BadRequest',
    ],
    ['is in chunks of HTTP', ['transfer-encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n', 501, 'NotImplemented'],
    ['is of more than 5 GiB', [`content-length: ${5 * 1024 ** 3 + 1}`], '', 400, 'EntityTooLarge'],
    ['is of more bytes than numbers have', [`content-length: ${'9'.repeat(30)}`], '', 400, 'BadRequest'],
  ])('that %s', async (_, lines, body, status, Code) => {
    expect(await raw(lines, body)).toMatchObject({ status, Code });
  });

  it('that breaks off after a megabyte', async () => {
    expect(await raw(['content-length: 2000000'], randomBytes(1_000_000))).toMatchObject({ Code: 'IncompleteBody' });
  });

  it.each(checksumAlgorithms)('that has another %s than it says, or says none', async (algorithm) => {
    const name = checksumHeader(algorithm);
    const running = await startChecksum[algorithm]();
    running.update(Buffer.from('other'));
    target = await begun(algorithm);
    const send = (value: string) => sendSigned(s3, { ...target, headers: { [name]: value }, body: 'hello' });
    const Message = `The ${algorithm} you specified did not match the calculated checksum.`;
    const value = running.digest();
    expect(await send(value)).toMatchObject({ status: 400, error: { Code: 'BadDigest', Message } });
    for (const invalid of ['', 'a', value.slice(0, -1), `${value}=`, value.replaceAll('=', '')].filter(
      (text) => text !== value,
    )) {
      const error = { Code: 'InvalidRequest', Message: `Value for ${name} header is invalid.` };
      expect([invalid, await send(invalid)]).toMatchObject([invalid, { status: 400, error }]);
    }
  });

  it('that has another Content-MD5 than it says, or says none', async () => {
    const send = (value: string) => sendSigned(s3, { ...target, headers: { 'content-md5': value }, body: 'hello' });
    const error = { Code: 'BadDigest', ExpectedDigest: md5('other'), CalculatedDigest: md5('hello') };
    expect(await send(md5('other'))).toMatchObject({ status: 400, error });
    for (const invalid of ['', 'a', md5('hello').slice(0, -1), createHash('md5').digest('hex')]) {
      expect(await send(invalid)).toMatchObject({ status: 400, error: { Code: 'InvalidDigest' } });
    }
  });

  it('that has another SHA-256 than was signed', async () => {
    const payloadHash = createHash('sha256').update('other').digest('hex');
    const error = { Code: 'XAmzContentSHA256Mismatch', ClientComputedContentSHA256: payloadHash };
    expect(await sendSigned(s3, { ...target, payloadHash, body: 'hello' })).toMatchObject({ status: 400, error });
  });

  it('that says two checksums, or one of an unknown kind', async () => {
    const send = (headers: Record<string, string>) => sendSigned(s3, { ...target, headers, body: 'hello' });
    const two = { 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-sha1': 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' };
    expect(await send(two)).toMatchObject({ status: 400, error: { Code: 'InvalidRequest' } });
    expect(await send({ 'x-amz-checksum-md6': 'a' })).toMatchObject({ status: 501, error: { Code: 'NotImplemented' } });
  });
});

it.each(['0', '10001', '-1', 'abc', '1.5', '', '1e1', '+1', ' 1', '0x1', '99999999999999999999'])(
  'refuses the part number %j: InvalidArgument',
  async (number) => {
    const { UploadId } = await begin(s3);
    const query = `partNumber=${encodeURIComponent(number)}&uploadId=${UploadId}`;
    const answer = await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/k`, query, body: 'hello' });
    const Message = 'Part number must be an integer between 1 and 10000, inclusive';
    expect(answer).toMatchObject({
      status: 400,
      error: { Code: 'InvalidArgument', Message, ArgumentName: 'partNumber' },
    });
  },
);

it('reads no request out of what is behind the length of the last one', async () => {
  const { UploadId } = await begin(s3);
  const part = { method: 'PUT', path: `/${Bucket}/k`, query: `partNumber=1&uploadId=${UploadId}`, ...unsigned };
  const smuggled = headOf(s3, { method: 'PUT', path: `/${Bucket}/smuggled`, ...unsigned }, 'content-length: 0');
  const answer = await sendBytes(s3, headOf(s3, part, 'content-length: 5'), `hello${smuggled}`);
  // Where the rest comes early it is refused before the part is answered; the object of the rest is never there.
  expect(answer).toMatch(/^HTTP\/1.1 (?:200|400) /);
});
