import {
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  ListPartsCommand,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { bucketName as Bucket, type TestS3 } from './server.ts';

/** The least that S3 takes for a part which is not the last: 5 MiB. */
export const partOf = (text: string): Buffer => Buffer.alloc(5 * 1024 ** 2, text);

export async function begin(
  s3: TestS3,
  input: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<{ readonly Bucket: string; readonly Key: string; readonly UploadId: string }> {
  const Key = input.Key ?? 'k';
  const { UploadId = '' } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
  return { Bucket, Key, UploadId };
}

export type Begun = Awaited<ReturnType<typeof begin>>;

export const sendPart = (
  s3: TestS3,
  upload: Begun,
  PartNumber: number,
  Body: string | Buffer,
  input: Partial<UploadPartCommandInput> = {},
) => s3.client.send(new UploadPartCommand({ ...upload, PartNumber, Body, ...input }));

/** Completes with the parts given, or with all that are there. */
export async function complete(
  s3: TestS3,
  upload: Begun,
  Parts?: NonNullable<CompleteMultipartUploadCommandInput['MultipartUpload']>['Parts'],
  input: Partial<CompleteMultipartUploadCommandInput> = {},
) {
  const listed = Parts ?? (await s3.client.send(new ListPartsCommand(upload))).Parts ?? [];
  const named = listed.map(
    ({ Size: _, LastModified: __, ...part }: (typeof listed)[number] & { Size?: number; LastModified?: Date }) => part,
  );
  return s3.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: named }, ...input }));
}
