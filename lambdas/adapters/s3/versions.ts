import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { ObjectRef, Objects } from '../../ports.ts';
import { type Bucket, unlessGone, versionIn } from './bucket.ts';

/** What is there under one key. A key is asked for as a prefix, and no key of ours begins another one. */
export const versionsOf = (bucket: Bucket): Pick<Objects, 'listVersions' | 'deleteVersion' | 'abortUploads'> => {
  const { client, bucketName } = bucket;
  return {
    listVersions: async (key) => {
      const versions: ObjectRef[] = [];
      let marker: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
      while (marker !== undefined) {
        const list: ListObjectVersionsCommandInput = { Bucket: bucketName, Prefix: key, ...marker };
        const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand(list));
        for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
          if (Key === key && VersionId !== undefined) versions.push({ key, versionId: VersionId });
        const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
        marker = IsTruncated ? { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
      }
      return versions;
    },

    deleteVersion: async (ref) => {
      await unlessGone(client.send(new DeleteObjectCommand(versionIn(bucket, ref))));
    },

    abortUploads: async (key) => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucketName, Prefix: key }));
      for (const { Key, UploadId } of Uploads)
        await unlessGone(client.send(new AbortMultipartUploadCommand({ Bucket: bucketName, Key, UploadId })));
      return Uploads.length;
    },
  };
};
