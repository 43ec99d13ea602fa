import type { PresignRequest } from '../../../lambdas/signing/presign.ts';
import { parseQuery } from '../../../local/s3/http/query.ts';
import { parseTarget } from '../../../local/s3/http/target.ts';
import { Refusal } from '../../../local/s3/refusal.ts';
import { authenticate } from '../../../local/s3/sigv4/authenticate.ts';

/** What the local S3, which shares no code with the signer, says of a request: nothing, or the code of its refusal. */
export const refusalOf = (
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  { credentials, region, now }: Pick<PresignRequest, 'credentials' | 'region' | 'now'>,
): string | undefined => {
  const { host, pathname, search } = new URL(url);
  // As it stands in the URL: parsing would normalise `/a/../b`.
  const path = url.slice(url.indexOf(host) + host.length, url.length - search.length) || pathname;
  const target = parseTarget(path, host);
  const query = parseQuery(search.slice(1));
  if (!target || !query) throw new Error(`The local S3 reads no request from ${path}.`);
  const request = {
    ...target,
    method,
    query,
    headers: new Map(Object.entries({ host, ...headers })),
    sourceIp: '127.0.0.1',
    receivedAt: now,
    ids: { requestId: 'R', hostId: 'H' },
  };
  const principal = { arn: 'arn:aws:iam::111122223333:role/request-upload', accountId: '111122223333' };
  const { sessionToken, ...keys } = credentials;
  const outcome = authenticate(request, region, () => ({ ...keys, principal, ...(sessionToken && { sessionToken }) }));
  return outcome instanceof Refusal ? outcome.code : undefined;
};
