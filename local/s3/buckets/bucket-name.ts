import { Refusal } from '../refusal.ts';

/** "General purpose bucket naming rules" of the S3 user guide. */
const grammar = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ipAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const reservedPrefix = /^(?:xn--|sthree-|amzn-s3-demo-)/;
const reservedSuffix = /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** Names that S3 would never give to a bucket. */
export function checkBucketName(name: string): Refusal | undefined {
  const isValid =
    grammar.test(name) &&
    !name.includes('..') &&
    !ipAddress.test(name) &&
    !reservedPrefix.test(name) &&
    !reservedSuffix.test(name);
  return isValid ? undefined : new Refusal('InvalidBucketName', undefined, { BucketName: name });
}
