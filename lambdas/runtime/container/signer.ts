import { s3ObjectSigner } from '../../adapters/s3/object-signer.ts';
import type { ObjectAddress, ObjectSigner } from '../../ports.ts';
import { type S3Endpoint, s3Endpoint } from '../../signing/endpoint.ts';
import type { Credentials } from '../../signing/signing-key.ts';

/** A variable that the Lambda runtime sets, of every function. */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`The environment lacks ${name}; on Lambda the runtime sets it.`);
  return value;
};

/** The function's own role, as the Lambda runtime hands it over. */
const roleCredentials = (): Credentials => ({
  accessKeyId: required('AWS_ACCESS_KEY_ID'),
  secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
  sessionToken: required('AWS_SESSION_TOKEN'),
});

/** `AWS_ENDPOINT_URL_S3` and `AWS_ENDPOINT_URL` mean here what they mean to every AWS SDK. */
const endpointOf = (bucket: string, region: string): S3Endpoint =>
  s3Endpoint({ bucket, region, endpointUrl: process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL });

const signerAt = (endpoint: S3Endpoint, region: string): ObjectSigner =>
  s3ObjectSigner({ endpoint, region, credentials: roleCredentials });

export const buildSigner = (bucket: string): ObjectSigner => {
  const region = required('AWS_REGION');
  return signerAt(endpointOf(bucket, region), region);
};

/** For uploads, which the environment may have accelerated. */
export const buildUploadSigner = (environment: {
  readonly BUCKET_NAME: string;
  readonly UPLOAD_ENDPOINT: string;
}): ObjectSigner => {
  const { BUCKET_NAME: bucket, UPLOAD_ENDPOINT } = environment;
  const region = required('AWS_REGION');
  return UPLOAD_ENDPOINT === 'accelerated'
    ? signerAt(s3Endpoint({ bucket, region, accelerate: true }), region)
    : buildSigner(bucket);
};

/** Keys hold nothing that a URL would have to escape, see domain/object-key.ts. */
export const buildAddress = (bucket: string): ObjectAddress => {
  const { protocol, host, basePath } = endpointOf(bucket, required('AWS_REGION'));
  return (key) => `${protocol}//${host}${basePath}/${key}`;
};
