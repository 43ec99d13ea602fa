import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { bucketName, type TestS3 } from './server.ts';

export const sha256Base64 = (body: string | Buffer): string => createHash('sha256').update(body).digest('base64');

export interface SignedPut {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** The PUT that Sealdrop issues: everything the uploader must not choose is signed as a header. */
export async function presignPut(
  s3: TestS3,
  body: string | Buffer,
  options: { readonly key?: string; readonly signedAt?: Date; readonly expiresInSeconds?: number } = {},
): Promise<SignedPut> {
  const headers = {
    'content-type': 'application/pdf',
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-checksum-sha256': sha256Base64(body),
    'if-none-match': '*',
    'x-amz-tagging': 'sealdrop-state=incoming',
  };
  const input: PutObjectCommandInput = {
    Bucket: bucketName,
    Key: options.key ?? 'documents/t1/a',
    ContentType: headers['content-type'],
    ContentLength: Buffer.byteLength(body),
    ChecksumSHA256: headers['x-amz-checksum-sha256'],
    IfNoneMatch: '*',
    Tagging: headers['x-amz-tagging'],
  };
  const url = await getSignedUrl(s3.client, new PutObjectCommand(input), {
    expiresIn: options.expiresInSeconds ?? 300,
    signableHeaders: new Set(Object.keys(headers)),
    unhoistableHeaders: new Set(Object.keys(headers)),
    ...(options.signedAt && { signingDate: options.signedAt }),
  });
  return { url, headers };
}

export const presignGet = (
  s3: TestS3,
  key: string,
  more: Partial<ConstructorParameters<typeof GetObjectCommand>[0]> = {},
): Promise<string> => getSignedUrl(s3.client, new GetObjectCommand({ Bucket: bucketName, Key: key, ...more }));
