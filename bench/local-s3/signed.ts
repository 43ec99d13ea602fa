import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { presign } from '../../lambdas/signing/presign.ts';

export const region = 'eu-central-1';
export const bucket = 'sealdrop-bench';
export const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** A presigned URL. */
export const sign = (
  method: 'GET' | 'PUT',
  origin: string,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): string =>
  presign({
    method,
    endpoint: s3Endpoint({ bucket, region, endpointUrl: origin }),
    key,
    headers,
    region,
    credentials,
    expiresInSeconds: 24 * 60 * 60,
    now: new Date(),
  });
