import { randomUUID } from 'node:crypto';
import type { Document } from '../../contract/schemas/document.ts';
import { refusalOf } from '../file.ts';
import { isSettled, waitForOutcome } from '../outcome.ts';
import { putFile } from '../put-file.ts';
import { guarded } from '../transport/guarded.ts';
import { putInParts } from './put-in-parts.ts';
import {
  type ReportContent,
  type ReportMetadata,
  type ReportOptions,
  ReportRejectedError,
  type ReportResult,
  ReportTimeoutError,
} from './report.ts';
import { defaultMediaType, reportName } from './report-name.ts';
import { placeOf, type ReportContext, type Sending } from './sending.ts';
import { type Spooled, spool } from './spool.ts';

const defaultWaitMilliseconds = 30_000;
const defaultLimitMilliseconds = 120_000;

const declare = (context: ReportContext, { metadata, fileName, mediaType, spooled, signal }: Sending) => {
  const { blob, sha256 } = spooled;
  // One key for all attempts of this call: an answer that was lost never makes a second report.
  return context.callTagged('requestUpload', {
    body: { ...metadata, fileName, mediaType, sizeBytes: blob.size, sha256 },
    idempotencyKey: randomUUID(),
    signal,
  });
};

const putWhole = async (context: ReportContext, sending: Sending): Promise<Document> => {
  const { spooled, signal, waitMilliseconds } = sending;
  const declared = await declare(context, sending);
  const { document, upload } = declared.value;
  sending.known = { documentId: document.id, state: document.state, ...placeOf(declared) };
  // An answer that was lost may have been sent so late that nothing can be sent any more; the outcome tells.
  if (upload.kind === 'single-put')
    await putFile(
      { ...context, transport: guarded(context, context.transport) },
      { put: upload, body: spooled.blob, signal, maybeStored: false, onSent: () => undefined },
    );
  const onDocument = ({ state }: Document) => {
    sending.known = { ...sending.known, state };
  };
  const options = { signal, waitMilliseconds, onDocument };
  return waitForOutcome(context, document.id, options, { value: document, entityTag: declared.entityTag });
};

const send = async (context: ReportContext, sending: Sending): Promise<ReportResult> => {
  const { fileName, mediaType, spooled, signal } = sending;
  const refusal = refusalOf(spooled.blob, { fileName, mediaType });
  if (refusal !== undefined) throw refusal;
  const isInParts = await context.goesInParts(spooled.blob.size, signal);
  const outcome = await (isInParts ? putInParts : putWhole)(context, sending);
  if (isSettled(outcome) && outcome.state !== 'available') throw new ReportRejectedError(outcome);
  return { success: outcome.state === 'available', ...sending.known };
};

/** See `ServiceClient.putReport`. */
export const putReport = async (
  context: ReportContext,
  content: ReportContent,
  metadata: ReportMetadata,
  options?: ReportOptions,
): Promise<ReportResult> => {
  const limitMilliseconds = options?.limitMilliseconds ?? defaultLimitMilliseconds;
  let spooled: Spooled | undefined;
  let sending: Sending | undefined;
  try {
    const limit = AbortSignal.timeout(limitMilliseconds);
    const signal = options?.signal ? AbortSignal.any([options.signal, limit]) : limit;
    try {
      spooled = await spool(content, signal);
      const waitMilliseconds = options?.waitMilliseconds ?? defaultWaitMilliseconds;
      const { fileName = reportName(metadata, new Date(context.timing.now())), mediaType = defaultMediaType } =
        metadata;
      sending = { metadata, fileName, mediaType, spooled, signal, waitMilliseconds, known: {} };
      return await send(context, sending);
    } catch (error) {
      throw limit.aborted && error === limit.reason ? new ReportTimeoutError(limitMilliseconds) : error;
    } finally {
      await spooled?.remove();
    }
  } catch (error) {
    if (options?.onFailure !== 'return') throw error;
    return { success: false, ...sending?.known, error: asError(error) };
  }
};

/** Signals and callbacks may throw what they like. */
const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('The report is not stored; see the cause.', { cause: thrown });
