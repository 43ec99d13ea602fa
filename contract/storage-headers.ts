/**
 * What answers tell callers of the role `service` about where a document lies: the key in the bucket, the unsigned
 * https address, and `true` or `false`: whether it was uploaded and verified.
 */
export const storageHeaders = {
  key: 'X-S3-Key',
  url: 'X-S3-URL',
  uploadSuccess: 'X-S3-Upload-Success',
} as const;

export const storageHeaderNames = Object.values(storageHeaders);
