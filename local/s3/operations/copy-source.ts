import { checkExpectedOwner } from '../access/expected-owner.ts';
import type { S3Request } from '../http/request.ts';
import { uriDecode } from '../http/uri-encoding.ts';
import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { getObject } from './get-object.ts';
import type { Call } from './operation.ts';
import { checkReadConditions } from './read-conditions.ts';
import { checkIsActive } from './readable-version.ts';
import { addressedVersion, checkVersionId, missing } from './version-id.ts';

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

/** The object to copy, where the caller may read it and the conditions of the request hold. */
export function findCopySource(call: Call, name: CopySource): ObjectVersion | Refusal {
  const { request } = call;
  const reading = call.about(getObject, { ...name, headers: request.headers });
  if (reading instanceof Refusal) return reading;
  const notTheirs = checkExpectedOwner(reading.bucket, request.headers, 'x-amz-source-expected-bucket-owner');
  if (notTheirs) return notTheirs;
  const source = addressedVersion(reading);
  if (source === undefined || (source.isDeleteMarker && name.versionId === undefined)) return missing(reading);
  if (source.isDeleteMarker) {
    const message = 'The source of a copy request may not specifically refer to a delete marker by version id.';
    return new Refusal('InvalidRequest', message);
  }
  return checkCopyConditions(request, source) ?? checkIsActive(source) ?? source;
}

/** Tells which version was copied, where versions are told apart. */
export const copySourceHeaders = (name: CopySource, { versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' && name.versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionId };

/** `x-amz-copy-source-if-*` mean what `if-*` mean on a read, but what a read answers with 304 fails here (CopyObject). */
function checkCopyConditions({ headers }: S3Request, source: ObjectVersion): Refusal | undefined {
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
