import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { presign } from '../../lambdas/signing/presign.ts';

export const region = 'eu-central-1';
export const bucket = 'sealdrop-bench';
export const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

export const signPut = (origin: string, key: string, headers: Readonly<Record<string, string>> = {}): string =>
  presign({
    method: 'PUT',
    endpoint: s3Endpoint({ bucket, region, endpointUrl: origin }),
    key,
    headers,
    region,
    credentials,
    expiresInSeconds: 24 * 60 * 60,
    now: new Date(),
  });

/** So many objects of their own: signed when they are asked for. */
export function* signPuts(origin: string, prefix: string, count: number): Generator<string> {
  for (let index = 0; index < count; index++) yield signPut(origin, `${prefix}/${index}`);
}
