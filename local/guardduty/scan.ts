import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { scanTagKey } from '../../contract/states.ts';
import type { ReportFault } from '../fault-log.ts';
import { type Finding, inspect, without } from './inspect.ts';
import type { ScanRequest } from './scan-request.ts';
import type { ScannedVersion } from './scan-result.ts';

/** A scan that came to an end. */
export interface Scan {
  readonly version: ScannedVersion;
  readonly finding: Finding;
}

export interface ScanDeps {
  /** Of the plan's role. */
  readonly client: S3Client;
  readonly tags: boolean;
  readonly report: ReportFault;
}

const goneCodes = ['NoSuchKey', 'NoSuchVersion', 'NoSuchBucket', 'MethodNotAllowed'];

const answered = (cause: unknown, ...codes: string[]): boolean =>
  cause instanceof S3ServiceException && codes.includes(cause.name);

const named = ({ bucketName, key, versionId }: ScanRequest) => ({
  Bucket: bucketName,
  Key: key,
  ...(versionId !== undefined && { VersionId: versionId }),
});

const read = async (client: S3Client, request: ScanRequest): Promise<Scan | undefined> => {
  try {
    const { Body, ContentLength = 0, ETag, VersionId } = await client.send(new GetObjectCommand(named(request)));
    const bytes = Body as unknown as AsyncIterable<Uint8Array>;
    const { key, versionId = VersionId, eTag = ETag?.replaceAll('"', '') } = request;
    return { version: { key, versionId, eTag }, finding: await inspect(bytes, ContentLength) };
  } catch (cause) {
    if (answered(cause, ...goneCodes)) return undefined;
    if (answered(cause, 'AccessDenied')) return { version: request, finding: without('ACCESS_DENIED') };
    throw cause;
  }
};

/** S3 knows only whole sets of tags, so the others are read first and written again. */
const tag = async (client: S3Client, target: ReturnType<typeof named>, { status }: Finding): Promise<void> => {
  const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(target));
  const others = TagSet.filter(({ Key }) => Key !== scanTagKey);
  const Tagging = { TagSet: [...others, { Key: scanTagKey, Value: status }] };
  await client.send(new PutObjectTaggingCommand({ ...target, Tagging }));
};

/**
 * Scans a version in the name of the plan's role, and writes the verdict on it. Undefined where it is gone. A verdict
 * that may not be written is told all the same, as GuardDuty does.
 *
 * @throws where S3 does not answer.
 */
export const scanObject = async (
  { client, tags, report }: ScanDeps,
  request: ScanRequest,
): Promise<Scan | undefined> => {
  const scan = await read(client, request);
  if (scan === undefined || !tags) return scan;
  try {
    await tag(client, named({ ...request, ...scan.version }), scan.finding);
  } catch (cause) {
    if (answered(cause, ...goneCodes)) return undefined;
    if (!answered(cause, 'AccessDenied', 'BadRequest', 'InvalidTag')) throw cause;
    report('A verdict of the scanner could not be written on its object', cause);
  }
  return scan;
};
