import { S3Client } from '@aws-sdk/client-s3';
import { formatUrl } from '@aws-sdk/core/util';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { escapeUriPath } from '@smithy/core/protocols';
import type { PresignRequest } from '../../../lambdas/signing/presign.ts';

const { sha256 } = new S3Client({ region: 'us-east-1' }).config;

/** The URL that AWS's own presigner makes of a request when every header is to stay a header and be signed. */
export const presignBySdk = async (request: PresignRequest): Promise<string> => {
  const { endpoint, headers = {}, query = {}, credentials, region } = request;
  const { protocol, hostname, port } = new URL(`${endpoint.protocol}//${endpoint.host}`);
  const presigner = new S3RequestPresigner({ credentials: withoutUndefined(credentials), region, sha256 });
  const headerNames = new Set(Object.keys(headers));
  const signed = await presigner.presign(
    {
      method: request.method,
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: `${endpoint.basePath}/${escapeUriPath(request.key)}`,
      query: { ...query },
      headers: { ...headers },
    },
    {
      expiresIn: request.expiresInSeconds,
      signingDate: request.now,
      unhoistableHeaders: headerNames,
      signableHeaders: headerNames,
    },
  );
  return formatUrl(signed);
};

const withoutUndefined = ({ sessionToken, ...credentials }: PresignRequest['credentials']) =>
  sessionToken === undefined ? credentials : { ...credentials, sessionToken };
