import { UploadPartCommand } from '@aws-sdk/client-s3';
import { formatUrl } from '@aws-sdk/core/util';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import aws4 from 'aws4';
import { presign } from '../../lambdas/signing/presign.ts';
import { type PartToSign, presignParts } from '../../lambdas/signing/presign-parts.ts';
import { type Comparison, compare, type Group } from '../compare.ts';
import { bucket, endpoint, expiresInSeconds, key, now, region, type Signatory, sdkOf } from './signed.ts';

const partsCount = 10_000;
const uploadId = 'VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA'.repeat(2);
const parts: readonly PartToSign[] = Array.from({ length: partsCount }, (_, index) => ({ partNumber: index + 1 }));
/** What the API signs: as above, and that each part has just this length and these bytes. */
const hardenedParts = parts.map((part) => ({
  ...part,
  sizeBytes: 8_388_608,
  checksum: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
}));

/** Links of all parts as one answer: that is what a caller waits for. */
const answerOf = async (urlOf: (partNumber: number) => Promise<string> | string): Promise<string> => {
  const urls: string[] = [];
  for (let partNumber = 1; partNumber <= partsCount; partNumber++) urls.push(await urlOf(partNumber));
  return JSON.stringify({ urls });
};

const peersOf = (signatory: Signatory) => {
  const { client, presigner } = sdkOf(signatory);
  const { credentials } = signatory;
  const options = { expiresIn: expiresInSeconds, signingDate: now };
  return {
    getSignedUrl: (PartNumber: number) =>
      getSignedUrl(
        client,
        new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber }),
        options,
      ),
    presigner: async (partNumber: number) =>
      formatUrl(
        await presigner.presign(
          {
            method: 'PUT',
            protocol: endpoint.protocol,
            hostname: endpoint.host,
            path: `/${key}`,
            query: { partNumber: String(partNumber), uploadId },
            headers: {},
          },
          options,
        ),
      ),
    /** It writes the parameters of SigV4 as it finds them, so its URLs are others that mean the same. */
    aws4: (partNumber: number) => {
      const path = `/${key}?partNumber=${partNumber}&uploadId=${uploadId}&X-Amz-Expires=${expiresInSeconds}`;
      const request = { host: endpoint.host, method: 'PUT', path, service: 's3', region, signQuery: true };
      const signed = aws4.sign(request, credentials);
      return `https://${signed.host}${signed.path}`;
    },
  };
};

/** Speed is worth comparing only where the outcome is the same. */
const assertSame = async (signatory: Signatory, batch: () => ReturnType<typeof presignParts>): Promise<void> => {
  const { getSignedUrl, presigner } = peersOf(signatory);
  const { urlTemplate, signatures } = batch();
  for (const partNumber of [1, 99, partsCount]) {
    const signature = signatures[partNumber - 1] ?? '';
    const ours = urlTemplate.replace('{partNumber}', String(partNumber)).replace('{signature}', signature);
    const query = { partNumber: String(partNumber), uploadId, 'x-id': 'UploadPart' };
    const terms = { endpoint, key, region, credentials: signatory.credentials, expiresInSeconds, now };
    // The one thing that only the SDK's client adds: S3 does not need it.
    const withOperation = presign({ ...terms, method: 'PUT', query });
    if (ours !== (await presigner(partNumber)) || withOperation !== (await getSignedUrl(partNumber))) {
      throw new Error(`The contenders disagree on the URL of part ${partNumber}.`);
    }
  }
};

export const compareParts = async (signatory: Signatory): Promise<Group> => {
  const peers = peersOf(signatory);
  const terms = { endpoint, key, uploadId, region, credentials: signatory.credentials, expiresInSeconds, now };
  const batch = (some: readonly PartToSign[]) =>
    presignParts({ ...terms, parts: some, checksumHeader: 'x-amz-checksum-sha256' });
  await assertSame(signatory, () => batch(parts));
  const answers: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['getSignedUrl(client, UploadPartCommand), one by one', () => answerOf(peers.getSignedUrl)],
    ['S3RequestPresigner.presign, one by one', () => answerOf(peers.presigner)],
    ['aws4.sign, one by one', () => answerOf(peers.aws4)],
    ['sealdrop presignParts', () => JSON.stringify(batch(parts))],
    ['sealdrop presignParts, lengths and SHA-256 signed', () => JSON.stringify(batch(hardenedParts))],
  ];
  const rows = [];
  for (const [name, call] of answers) rows.push({ name, call, sizeBytes: Buffer.byteLength(await call()) });
  return compare({
    name: `10,000 parts as one JSON answer, ${signatory.name}`,
    contenders: rows as unknown as Comparison['contenders'],
    plan: { warmUpRounds: 2, rounds: 9, sampleMsMin: 20 },
    unit: 'µs',
    ratio: 'speed',
  });
};
