import { hash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { formatUrl } from '@aws-sdk/core/util';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { presign } from '../../lambdas/signing/presign.ts';
import { type Comparison, compare, type Group } from '../compare.ts';
import type { Contender } from '../measure.ts';
import { bucket, endpoint, expiresInSeconds, key, now, region, type Signatory, sdkOf } from './signed.ts';

const headers = {
  'content-length': '1048576',
  'content-type': 'application/pdf',
  'if-none-match': '*',
  'x-amz-checksum-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'x-amz-tagging': 'sealdrop-state=incoming',
};

/** The same PUT, signed by the SDK's client, by the SDK's presigner alone, and by us. */
const contendersFor = (signatory: Signatory): Comparison['contenders'] => {
  const headerNames = new Set(Object.keys(headers));
  const presignOptions = {
    expiresIn: expiresInSeconds,
    signingDate: now,
    signableHeaders: headerNames,
    unhoistableHeaders: headerNames,
  };
  const { client, presigner } = sdkOf(signatory);
  const { credentials } = signatory;
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

export const comparePuts = async (signatory: Signatory): Promise<Group> => {
  const signers = contendersFor(signatory);
  const contenders: typeof signers = [...signers, hashesAlone(await sameUrl(signers))];
  const plan = { warmUpRounds: 20, rounds: 60, sampleMsMin: 20 };
  return compare({ name: `the hardened PUT, ${signatory.name}`, contenders, plan, unit: 'µs', ratio: 'speed' });
};
