import type { S3Request } from '../http/request.ts';
import { uriDecode } from '../http/uri-encoding.ts';
import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { checkReadConditions } from './read-conditions.ts';
import { checkVersionId } from './version-id.ts';

const header = 'x-amz-copy-source';

export interface CopySource {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** `[/]BUCKET/KEY[?versionId=ID]`; bucket and key are URL-encoded. */
export function parseCopySource({ headers }: S3Request): CopySource | Refusal {
  const value = headers.get(header) ?? '';
  if (value.startsWith('arn:')) return notImplemented('copying from access points', { Header: header });
  const [, name = '', versionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(value) ?? [];
  const decoded = uriDecode(name);
  const slash = decoded?.indexOf('/') ?? -1;
  if (decoded === undefined || slash < 1 || slash === decoded.length - 1) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    return invalidArgument(message, header, value);
  }
  const invalid = versionId === undefined ? undefined : checkVersionId(versionId);
  return invalid ?? { bucketName: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId };
}

/** `x-amz-copy-source-if-*` mean what `if-*` mean on a read, but what a read answers with 304 fails here (CopyObject). */
export function checkCopyConditions({ headers }: S3Request, source: ObjectVersion): Refusal | undefined {
  const prefix = `${header}-`;
  const conditions = new Map(
    [...headers].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );
  const outcome = checkReadConditions(conditions, source);
  if (outcome === undefined) return undefined;
  return new Refusal('PreconditionFailed', undefined, {
    Condition: `${prefix}${outcome instanceof Refusal ? outcome.elements.Condition : 'If-None-Match'}`,
  });
}
