import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';

/** What every contender signs with, and for. */
export const region = 'eu-central-1';
export const bucket = 'examplebucket';
export const key = 'documents/t1/0a/0190d0a0-1111-7000-8000-00000000000a';
export const endpoint = s3Endpoint({ bucket, region });
export const expiresInSeconds = 300;
export const now = new Date('2026-11-21T10:20:30Z');

export interface Signatory {
  readonly name: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

/** A Lambda function always has a token, and what is signed grows by it. */
export const signatories: readonly Signatory[] = [
  { name: 'no session token', credentials: keys },
  {
    name: 'session token of 1 kB, as in Lambda',
    credentials: { ...keys, sessionToken: randomBytes(768).toString('base64') },
  },
];

/** The SDK's client as it signs what it is told to sign, and its presigner alone. */
export const sdkOf = ({ credentials }: Signatory) => {
  const client = new S3Client({ region, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
  return { client, presigner: new S3RequestPresigner({ region, credentials, sha256: client.config.sha256 }) };
};
