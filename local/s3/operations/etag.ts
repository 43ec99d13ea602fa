import type { BucketEncryption } from '../configuration.ts';
import { randomBytes } from '../random-bytes.ts';

/**
 * The ETag of new bytes, without its quotes. It is their MD5 under SSE-S3 only: objects "encrypted by SSE-C or SSE-KMS
 * have ETags that are not an MD5 digest of their object data" (Object of the API reference), so nobody may count on it.
 */
export const newEtag = (md5: string, encryption: BucketEncryption): string =>
  isMd5({ md5, encryption }) ? md5 : randomBytes(16).toString('hex');

/** Whether the ETag of an object tells the MD5 of its bytes. */
export const isMd5 = ({ md5, encryption }: { readonly md5: string; readonly encryption: BucketEncryption }): boolean =>
  encryption.sseAlgorithm === 'AES256' && !isOfParts(md5);

/** Objects that were uploaded in parts have the number of their parts behind a hyphen. */
export const isOfParts = (etag: string): boolean => etag.includes('-');
