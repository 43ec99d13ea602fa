import { createHash } from 'node:crypto';
import type { Document } from '../../contract/schemas/document.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { UploadInstruction } from '../../contract/schemas/upload.ts';
import type { contextOf } from '../context.ts';
import type { Client } from '../create-client.ts';
import type { DownloadOptions } from '../download.ts';
import { waitForOutcome } from '../outcome.ts';
import { putFile } from '../put-file.ts';
import { guarded } from '../transport/guarded.ts';
import type { Transport } from '../transport/transport.ts';
import { sampleFor } from './sample.ts';

export interface Tools {
  readonly client: Client;
  readonly context: ReturnType<typeof contextOf> & { readonly transport: Transport };
}

/** What the steps so far have found; each takes what it needs. */
export interface Found {
  settings?: Settings;
  sample?: ReturnType<typeof sampleFor>;
  declared?: UploadInstruction;
  document?: Document;
}

/** A step that failed for a reason it can name. */
export class StepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StepError';
  }
}

const outcomeWaitMilliseconds = 120_000;

const need = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new StepError('A step before it failed.');
  return value;
};

const documentIdOf = ({ declared }: Found): string => need(declared).document.id;

const seeStatus = async ({ client }: Tools, { settings }: Found): Promise<string> => {
  if (!Object.hasOwn(need(settings).caller.may, 'readStatus')) return 'not asked: the role may not see it';
  const { bucket, region, accessible, diagnosis } = await client.call('getStorageStatus', {});
  if (!accessible) throw new StepError(`${diagnosis?.reason}: ${diagnosis?.detail}`);
  return `${bucket} in ${region} is accessible`;
};

const declare = async ({ client }: Tools, found: Found): Promise<string> => {
  found.sample = sampleFor(need(found.settings));
  const { content, fileName, mediaType, metadata } = found.sample;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const body = { fileName, mediaType, sizeBytes: content.byteLength, sha256, ...metadata };
  found.declared = await client.call('requestUpload', { body });
  return `${mediaType}, ${content.byteLength} bytes, document ${documentIdOf(found)}`;
};

const put = async ({ context }: Tools, { sample, declared }: Found): Promise<string> => {
  const body = new Uint8Array(need(sample).content);
  const { signal } = new AbortController();
  const { upload } = need(declared);
  if (upload.kind !== 'single-put') throw new StepError('The declaration, which is new, asks for no bytes.');
  const transport = guarded(context, context.transport);
  await putFile({ ...context, transport }, { put: upload, body, signal, maybeStored: false, onSent: () => undefined });
  return `S3 at ${new URL(upload.url).host} took it`;
};

const wait = async ({ context }: Tools, found: Found): Promise<string> => {
  const options = { waitMilliseconds: outcomeWaitMilliseconds };
  found.document = await waitForOutcome(context, documentIdOf(found), options);
  const { state, rejection } = found.document;
  if (state === 'available') return 'available';
  throw new StepError(
    rejection?.detail ??
      `After ${outcomeWaitMilliseconds / 1000} seconds it is still ${state}. Look at the queue, at the log of record-upload, and where files are scanned at the scanner.`,
  );
};

const list = async ({ client }: Tools, found: Found): Promise<string> => {
  const { documents } = await client.call('listDocuments', {});
  if (!documents.some(({ id }) => id === documentIdOf(found)))
    throw new StepError('The document is not in the first page of the list. Lists follow within a second; try again.');
  return `the document is among the ${documents.length} newest`;
};

const download = async ({ client }: Tools, found: Found): Promise<string> => {
  const { mustGiveReason } = need(found.settings).caller;
  const options: DownloadOptions & { reason?: string } = mustGiveReason ? { reason: 'Connection test' } : {};
  const { blob } = await client.download(documentIdOf(found), options);
  return `${blob.size} bytes, the same as were sent`;
};

const remove = async ({ client }: Tools, found: Found): Promise<string> => {
  const { state, purgeAfter } = await client.deleteDocument(documentIdOf(found));
  return `${state}, gone for good after ${purgeAfter ?? 'some days'}`;
};

export interface Step {
  readonly name: string;
  readonly run: (tools: Tools, found: Found) => Promise<string>;
  /** Runs though a step before failed, so that nothing is left behind. */
  readonly cleansUp?: true;
}

/** What a document lives through, and before it what it needs. */
export const steps: readonly Step[] = [
  { name: 'reach the API', run: async ({ client }) => `it answers ${(await client.call('getHealth', {})).status}` },
  {
    name: 'sign in',
    run: async ({ client }, found) => {
      found.settings = await client.call('getSettings', {});
      const { profile, caller } = found.settings;
      return `profile ${profile}, ${caller.roles.length > 0 ? caller.roles.join(', ') : 'without a role'}`;
    },
  },
  { name: 'see the storage', run: seeStatus },
  { name: 'declare', run: declare },
  { name: 'put', run: put },
  { name: 'wait', run: wait },
  { name: 'list', run: list },
  { name: 'download', run: download },
  { name: 'delete', run: remove, cleansUp: true },
];
