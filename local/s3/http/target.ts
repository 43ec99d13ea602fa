import { uriDecode } from './uri-encoding.ts';

/** What a request is about. `path` is the decoded path as sent, which is what was signed. */
export interface Target {
  readonly path: string;
  readonly bucketName: string | undefined;
  readonly key: string | undefined;
}

/** Its parts do not overlap, or an unsigned request could make matching take for ever. */
const virtualHost = /^(?<bucket>[^:]{3,63})\.s3(?:[.-][a-z0-9]+)*\.(?:localhost|amazonaws\.com)(?::\d+)?$/i;

/**
 * Path style (`/bucket/key`) or virtual-host style (`Host: bucket.s3.localhost`). A key is taken as it comes: `..` and
 * `//` mean nothing to S3. Undefined where the path is not valid percent-encoded UTF-8.
 */
export function parseTarget(rawPath: string, host: string): Target | undefined {
  const path = uriDecode(rawPath);
  if (path === undefined || !path.startsWith('/')) return undefined;
  const rest = path.slice(1);
  const bucketOfHost = virtualHost.exec(host)?.groups?.bucket;
  if (bucketOfHost !== undefined) return { path, bucketName: bucketOfHost, key: rest === '' ? undefined : rest };
  const slash = rest.indexOf('/');
  const bucketName = slash < 0 ? rest : rest.slice(0, slash);
  const key = slash < 0 ? '' : rest.slice(slash + 1);
  return { path, bucketName: bucketName === '' ? undefined : bucketName, key: key === '' ? undefined : key };
}
