import type { AccountOperation } from '../operations/account-operation.ts';
import { getBucketAcl, putBucketAcl } from '../operations/buckets/bucket-acl.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from '../operations/buckets/bucket-cors.ts';
import {
  deleteBucketEncryption,
  getBucketEncryption,
  putBucketEncryption,
} from '../operations/buckets/bucket-encryption.ts';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from '../operations/buckets/bucket-lifecycle.ts';
import {
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
} from '../operations/buckets/bucket-notification.ts';
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from '../operations/buckets/bucket-policy.ts';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from '../operations/buckets/bucket-tagging.ts';
import { getBucketVersioning, putBucketVersioning } from '../operations/buckets/bucket-versioning.ts';
import { createBucket } from '../operations/buckets/create-bucket.ts';
import { deleteBucket } from '../operations/buckets/delete-bucket.ts';
import { getBucketLocation } from '../operations/buckets/get-bucket-location.ts';
import { listBuckets } from '../operations/buckets/list-buckets.ts';
import {
  deleteBucketOwnershipControls,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
} from '../operations/buckets/ownership-controls.ts';
import {
  deletePublicAccessBlock,
  getPublicAccessBlock,
  putPublicAccessBlock,
} from '../operations/buckets/public-access-block.ts';
import { copyObject } from '../operations/copy-object.ts';
import { deleteObject } from '../operations/delete-object.ts';
import { deleteObjects } from '../operations/delete-objects.ts';
import { getObject, headObject } from '../operations/get-object.ts';
import { getObjectAttributes } from '../operations/get-object-attributes.ts';
import { headBucket } from '../operations/head-bucket.ts';
import { listObjectVersions } from '../operations/list-object-versions.ts';
import { listObjects, listObjectsV2 } from '../operations/list-objects.ts';
import { abortMultipartUpload } from '../operations/multipart/abort-multipart-upload.ts';
import { completeMultipartUpload } from '../operations/multipart/complete-multipart-upload.ts';
import { createMultipartUpload } from '../operations/multipart/create-multipart-upload.ts';
import { listMultipartUploads } from '../operations/multipart/list-multipart-uploads.ts';
import { listParts } from '../operations/multipart/list-parts.ts';
import { uploadPart } from '../operations/multipart/upload-part.ts';
import { uploadPartCopy } from '../operations/multipart/upload-part-copy.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from '../operations/object-tagging.ts';
import type { Operation } from '../operations/operation.ts';
import { putObject } from '../operations/put-object.ts';

/** Everything this S3 can do. A new operation is a file and a row. */
export const operations: readonly (Operation | AccountOperation)[] = [
  listBuckets,
  createBucket,
  headBucket,
  deleteBucket,
  getBucketLocation,
  getBucketAcl,
  putBucketAcl,
  getBucketCors,
  putBucketCors,
  deleteBucketCors,
  getBucketPolicy,
  putBucketPolicy,
  deleteBucketPolicy,
  getBucketPolicyStatus,
  getBucketVersioning,
  putBucketVersioning,
  getBucketTagging,
  putBucketTagging,
  deleteBucketTagging,
  getBucketEncryption,
  putBucketEncryption,
  deleteBucketEncryption,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
  deleteBucketLifecycle,
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
  getPublicAccessBlock,
  putPublicAccessBlock,
  deletePublicAccessBlock,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
  deleteBucketOwnershipControls,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  putObject,
  copyObject,
  getObject,
  headObject,
  deleteObject,
  deleteObjects,
  getObjectAttributes,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  listParts,
  listMultipartUploads,
  completeMultipartUpload,
  abortMultipartUpload,
];

/** Presigners may put any header of S3 into the query; these mean something there to this S3, or nothing at all. */
export const knownParameters: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-checksum-mode',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
  'x-amz-user-agent',
]);

/**
 * Query parameters that name a subresource, in all of S3's API. Those without a row above lead to NotImplemented; any
 * other parameter S3 does not know and ignores.
 */
export const subresources: ReadonlySet<string> = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'append',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'list-type',
  'location',
  'logging',
  'metadataAnnotationTable',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]);
