import { hash, randomBytes } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { formatUrl } from '@aws-sdk/core/util';
import { getSignedUrl, S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { presign } from '../../lambdas/signing/presign.ts';
import type { Credentials } from '../../lambdas/signing/signing-key.ts';
import { compare } from '../compare.ts';
import type { Contender } from '../measure.ts';
import type { Findings } from './bench.ts';

const region = 'eu-central-1';
const bucket = 'examplebucket';
const key = 'documents/t1/0a/0190d0a0-1111-7000-8000-00000000000a';
const headers = {
  'content-length': '1048576',
  'content-type': 'application/pdf',
  'if-none-match': '*',
  'x-amz-checksum-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'x-amz-tagging': 'sealdrop-state=incoming',
};
const expiresInSeconds = 300;
const now = new Date('2026-11-21T10:20:30Z');

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

/** The same PUT, signed by the SDK's client, by the SDK's presigner alone, and by us. */
const contendersFor = (
  credentials: Credentials & typeof keys & { sessionToken?: string },
): [Contender, ...Contender[]] => {
  const headerNames = new Set(Object.keys(headers));
  const presignOptions = {
    expiresIn: expiresInSeconds,
    signingDate: now,
    signableHeaders: headerNames,
    unhoistableHeaders: headerNames,
  };
  const client = new S3Client({ region, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const presigner = new S3RequestPresigner({ region, credentials, sha256: client.config.sha256 });
  const endpoint = s3Endpoint({ bucket, region });
  const query = { 'x-id': 'PutObject' };
  return [
    {
      name: 'getSignedUrl(client, PutObjectCommand)',
      call: () =>
        getSignedUrl(
          client,
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            ContentLength: 1_048_576,
            ContentType: headers['content-type'],
            IfNoneMatch: headers['if-none-match'],
            ChecksumSHA256: headers['x-amz-checksum-sha256'],
            Tagging: headers['x-amz-tagging'],
          }),
          presignOptions,
        ),
    },
    {
      name: 'S3RequestPresigner.presign',
      call: async () =>
        formatUrl(
          await presigner.presign(
            {
              method: 'PUT',
              protocol: endpoint.protocol,
              hostname: endpoint.host,
              path: `/${key}`,
              query: { ...query },
              headers: { ...headers },
            },
            presignOptions,
          ),
        ),
    },
    {
      name: 'sealdrop presign',
      call: () => presign({ method: 'PUT', endpoint, key, query, headers, region, credentials, expiresInSeconds, now }),
    },
  ];
};

/** What no signer can do without, on this machine: SHA-256 of a canonical request that long, and the two of one HMAC. */
const hashesAlone = (url: string): Contender => {
  const canonicalRequest = 'x'.repeat(url.length + Object.entries(headers).join('').length);
  const innerBlock = Buffer.alloc(64 + 140);
  const outerBlock = Buffer.alloc(64 + 32);
  const call = () => [hash('sha256', canonicalRequest), hash('sha256', innerBlock), hash('sha256', outerBlock)];
  return { name: 'floor: the three hashes alone', call };
};

/** Speed is worth comparing only where the outcome is the same: every contender must make the same URL. */
const sameUrl = async (contenders: readonly Contender[]): Promise<string> => {
  const urls = await Promise.all(contenders.map(({ call }) => call()));
  if (new Set(urls).size !== 1) throw new Error(`The contenders disagree on the URL:\n${urls.join('\n')}`);
  return String(urls[0]);
};

export const run = async (): Promise<Findings> => {
  const groups = [];
  for (const [name, sessionToken] of [
    ['no session token', undefined],
    ['session token of 1 kB, as in Lambda', randomBytes(768).toString('base64')],
  ] as const) {
    const signers = contendersFor({ ...keys, ...(sessionToken !== undefined && { sessionToken }) });
    const contenders: typeof signers = [...signers, hashesAlone(await sameUrl(signers))];
    const plan = { warmUpRounds: 20, rounds: 60, sampleMsMin: 20 };
    groups.push(await compare({ name, contenders, plan, unit: 'µs', ratio: 'speed' }));
  }
  return { unit: 'µs', ratio: 'speed', groups };
};
