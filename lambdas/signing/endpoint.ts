/** Where a bucket is served. `basePath` is empty, or starts with a slash and ends without one. */
export interface S3Endpoint {
  readonly bucket: string;
  readonly protocol: 'http:' | 'https:';
  /** With the port, where it is not the protocol's own. */
  readonly host: string;
  readonly basePath: string;
}

/**
 * DNS suffixes of the AWS partitions, by how the names of their regions start. Source: `partitions.json` of the AWS
 * SDKs; the tests compare every region of it.
 */
const dnsSuffixesByRegion: readonly (readonly [regionPrefix: string, dnsSuffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
];

const dnsSuffixDefault = 'amazonaws.com';
export const dnsSuffixes = [dnsSuffixDefault, ...dnsSuffixesByRegion.map(([, dnsSuffix]) => dnsSuffix)] as const;

/** S3 user guide, "General purpose bucket naming rules". */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]+(-[a-z]+)+-\d+$/;

/** Which bucket, and how it is reached. */
export interface BucketAddress {
  readonly bucket: string;
  readonly region: string;
  /** In place of AWS: an emulator, say. */
  readonly endpointUrl?: string | undefined;
  /** By the edge location nearest to the caller (S3 user guide, "Transfer Acceleration"); the bucket must have it on. */
  readonly accelerate?: boolean | undefined;
}

/**
 * The endpoint of one bucket: `https://{bucket}.s3.{region}.{dnsSuffix}`. A bucket with dots in its name is addressed
 * by path, because the TLS certificate's wildcard covers one label only; so is every bucket behind `endpointUrl`
 * (an emulator, say), where nobody answers for `{bucket}.127.0.0.1`. Throws RangeError for names that can be none, and
 * for what cannot be accelerated.
 */
export const s3Endpoint = (at: BucketAddress): S3Endpoint => {
  const { bucket, region, endpointUrl } = at;
  if (!bucketName.test(bucket)) throw new RangeError(`'${bucket}' is not the name of a bucket.`);
  if (!regionName.test(region)) throw new RangeError(`'${region}' is not the name of an AWS region.`);
  const dnsSuffix = dnsSuffixesByRegion.find(([prefix]) => region.startsWith(prefix))?.[1] ?? dnsSuffixDefault;
  if (at.accelerate) return acceleratedEndpoint(at, dnsSuffix);
  if (endpointUrl !== undefined) return customEndpoint(bucket, endpointUrl);
  const host = `s3.${region}.${dnsSuffix}`;
  return bucket.includes('.')
    ? { bucket, protocol: 'https:', host, basePath: `/${bucket}` }
    : { bucket, protocol: 'https:', host: `${bucket}.${host}`, basePath: '' };
};

const acceleratedEndpoint = ({ bucket, region, endpointUrl }: BucketAddress, dnsSuffix: string): S3Endpoint => {
  const obstacle =
    (endpointUrl !== undefined && `An endpoint of one's own ('${endpointUrl}')`) ||
    (bucket.includes('.') && `The bucket '${bucket}', with dots in its name,`) ||
    (region.startsWith('cn-') && `The region '${region}'`);
  if (obstacle) throw new RangeError(`${obstacle} has no Transfer Acceleration.`);
  return { bucket, protocol: 'https:', host: `${bucket}.s3-accelerate.${dnsSuffix}`, basePath: '' };
};

const customEndpoint = (bucket: string, endpointUrl: string): S3Endpoint => {
  const { protocol, host, pathname } = new URL(endpointUrl);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new RangeError(`The endpoint '${endpointUrl}' is neither http nor https.`);
  }
  return { bucket, protocol, host, basePath: `${pathname.replace(/\/+$/, '')}/${bucket}` };
};
