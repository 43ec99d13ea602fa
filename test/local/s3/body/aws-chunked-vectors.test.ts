import { describe, expect, it } from 'vitest';
import { startChecksum } from '../../../../local/s3/body/checksum.ts';
import { startDecoder } from '../../../../local/s3/body/decoder.ts';
import { parseExpectations } from '../../../../local/s3/body/expectations.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';
import { authenticate } from '../../../../local/s3/sigv4/authenticate.ts';

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const principal = { arn: 'arn:aws:iam::111122223333:user/example', accountId: '111122223333' };
const data = Buffer.alloc(66_560, 'a');

/** The request that both documents sign. */
function identityOf(signature: string, signedHeaders: Record<string, string>) {
  const names = Object.keys(signedHeaders).toSorted().join(';');
  const scope = '20130524/us-east-1/s3/aws4_request';
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${names},Signature=${signature}`;
  const path = '/examplebucket/chunkObject.txt';
  const headers = new Map(Object.entries({ ...signedHeaders, authorization }));
  const target = { path, bucketName: 'examplebucket', key: 'chunkObject.txt' };
  const receivedAt = new Date('2013-05-24T00:00:00Z');
  const ids = { requestId: 'R', hostId: 'H' };
  const request = { ...target, method: 'PUT', query: [], headers, sourceIp: '127.0.0.1', receivedAt, ids };
  const identity = authenticate(request, 'us-east-1', () => ({ secretAccessKey, principal }));
  if (identity instanceof Refusal) throw new Error(`${identity.code}: ${identity.elements.CanonicalRequest}`);
  const expected = parseExpectations(headers, identity, 1_000_000);
  if (expected instanceof Refusal) throw new Error(expected.message);
  return expected;
}

const common = {
  host: 's3.amazonaws.com',
  'content-encoding': 'aws-chunked',
  'x-amz-date': '20130524T000000Z',
  'x-amz-decoded-content-length': '66560',
  'x-amz-storage-class': 'REDUCED_REDUNDANCY',
};
const head = (sizeBytes: number, signature: string) => `${sizeBytes.toString(16)};chunk-signature=${signature}\r\n`;
const wireOf = (signatures: readonly [string, string, string], end: string): Buffer =>
  Buffer.concat([
    ...[Buffer.from(head(65_536, signatures[0])), data.subarray(0, 65_536), Buffer.from('\r\n')],
    ...[Buffer.from(head(1024, signatures[1])), data.subarray(65_536), Buffer.from('\r\n')],
    Buffer.from(head(0, signatures[2]) + end),
  ]);

describe("the worked example of AWS's document", () => {
  it('"… Transferring Payload in Multiple Chunks" is proven, request and chunks', () => {
    const seed = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
    const headers = { 'content-length': '66824', 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' };
    const decoder = startDecoder(identityOf(seed, { ...common, ...headers }));
    const wire = wireOf(
      [
        'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
        '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
        'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
      ],
      '\r\n',
    );
    expect(wire.length).toBe(66_824);
    const decoded = decoder.push(wire);
    if (decoded instanceof Refusal) throw new Error(decoded.code);
    expect(Buffer.concat(decoded).equals(data)).toBe(true);
    expect(decoder.end()).toEqual({ checksum: undefined });
  });

  it('"Signature calculations for trailing headers" is proven, request, chunks, trailer and checksum', async () => {
    const seed = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e';
    const trailer = {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32c',
    };
    const decoder = startDecoder(identityOf(seed, { ...common, ...trailer }));
    const wire = wireOf(
      [
        'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
        '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
        '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
      ],
      [
        'x-amz-checksum-crc32c:sOO8/Q==',
        'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
        '\r\n',
      ].join('\r\n'),
    );
    const decoded = decoder.push(wire);
    if (decoded instanceof Refusal) throw new Error(decoded.code);
    expect(Buffer.concat(decoded).equals(data)).toBe(true);
    expect(decoder.end()).toEqual({ checksum: { algorithm: 'CRC32C', value: 'sOO8/Q==' } });
    const crc32c = await startChecksum.CRC32C();
    crc32c.update(data);
    expect(crc32c.digest()).toBe('sOO8/Q==');
  });
});
