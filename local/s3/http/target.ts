import { uriDecode } from './uri-encoding.ts';

/** What a request is about. `path` is the decoded path as sent, which is what was signed. */
export interface Target {
  readonly path: string;
  readonly bucketName: string | undefined;
  readonly key: string | undefined;
}

/** What no bucket is named in: the host names of S3 itself, here and, for clients behind a proxy, on AWS. */
const endpoint = /^s3(?:\.dualstack)?(?:\.[a-z0-9-]+)?\.localhost$|^s3(?:[.-][a-z0-9]+)*\.amazonaws\.com$/i;

/** Their parts do not overlap, or an unsigned request could make matching take for ever. */
const virtualHosts = [
  /^(?<bucket>[^:]{3,63})\.s3(?:[.-][a-z0-9]+)*\.(?:localhost|amazonaws\.com)$/i,
  /^(?<bucket>[^:]{3,63})\.localhost$/i,
];

/**
 * Path style (`/bucket/key`) or virtual-host style (`Host: bucket.s3.localhost`, `bucket.localhost`). A key is taken as
 * it comes: `..` and `//` mean nothing to S3. Undefined where the path is not valid percent-encoded UTF-8.
 */
export function parseTarget(rawPath: string, host: string): Target | undefined {
  const path = uriDecode(rawPath);
  if (path === undefined || !path.startsWith('/')) return undefined;
  const rest = path.slice(1);
  const bucketOfHost = bucketNameOf(host.replace(/:\d*$/, ''));
  if (bucketOfHost !== undefined) return { path, bucketName: bucketOfHost, key: rest === '' ? undefined : rest };
  const slash = rest.indexOf('/');
  const bucketName = slash < 0 ? rest : rest.slice(0, slash);
  const key = slash < 0 ? '' : rest.slice(slash + 1);
  return { path, bucketName: bucketName === '' ? undefined : bucketName, key: key === '' ? undefined : key };
}

function bucketNameOf(hostName: string): string | undefined {
  if (endpoint.test(hostName)) return undefined;
  for (const pattern of virtualHosts) {
    const bucket = pattern.exec(hostName)?.groups?.bucket;
    if (bucket !== undefined) return bucket;
  }
  return undefined;
}
