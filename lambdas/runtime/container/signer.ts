import { s3ObjectSigner } from '../../adapters/s3/object-signer.ts';
import type { ObjectSigner } from '../../ports.ts';
import { s3Endpoint } from '../../signing/endpoint.ts';
import type { Credentials } from '../../signing/presign.ts';

const required = (name: string): string => {
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
export const buildSigner = (bucket: string): ObjectSigner => {
  const region = required('AWS_REGION');
  const endpointUrl = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return s3ObjectSigner({
    endpoint: s3Endpoint({ bucket, region, endpointUrl }),
    region,
    credentials: roleCredentials,
  });
};
