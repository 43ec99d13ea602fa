import { randomUUID } from 'node:crypto';
import { storageHeaders } from '../../contract/storage-headers.ts';
import type { CallResult, Tagged } from '../call.ts';
import type { ClientContext } from '../context.ts';
import { refusalOf } from '../file.ts';
import { isSettled, type OutcomeContext, waitForOutcome } from '../outcome.ts';
import { type PutContext, putFile } from '../put-file.ts';
import { guarded, type StallContext } from '../transport/guarded.ts';
import {
  type Known,
  type ReportContent,
  type ReportMetadata,
  type ReportOptions,
  ReportRejectedError,
  type ReportResult,
  ReportTimeoutError,
} from './report.ts';
import { defaultMediaType, reportName } from './report-name.ts';
import { type Spooled, spool } from './spool.ts';

export type ReportContext = PutContext & OutcomeContext & StallContext & Pick<ClientContext, 'callTagged'>;

const defaultWaitMilliseconds = 30_000;
const defaultLimitMilliseconds = 120_000;

/** What the declaration told of the document to come. */
const knownOf = ({ value, headers }: Tagged<CallResult<'requestUpload'>>): Known => {
  const [key, url] = [headers?.get(storageHeaders.key), headers?.get(storageHeaders.url)];
  return { documentId: value.document.id, state: value.document.state, ...(key && { key }), ...(url && { url }) };
};

/** One report on its way. `known` grows while it goes, so that a failure can tell how far it came. */
interface Sending {
  readonly metadata: ReportMetadata;
  readonly spooled: Spooled;
  readonly signal: AbortSignal;
  readonly waitMilliseconds: number;
  known: Known;
}

const declare = (context: ReportContext, { metadata, spooled, signal }: Sending) => {
  const { fileName = reportName(metadata, new Date(context.timing.now())), mediaType = defaultMediaType } = metadata;
  const refusal = refusalOf(spooled.blob, { fileName, mediaType });
  if (refusal !== undefined) throw refusal;
  const { blob, sha256 } = spooled;
  // One key for all attempts of this call: an answer that was lost never makes a second report.
  return context.callTagged('requestUpload', {
    body: { ...metadata, fileName, mediaType, sizeBytes: blob.size, sha256 },
    idempotencyKey: randomUUID(),
    signal,
  });
};

const send = async (context: ReportContext, sending: Sending): Promise<ReportResult> => {
  const { spooled, signal, waitMilliseconds } = sending;
  const declared = await declare(context, sending);
  sending.known = knownOf(declared);
  const { document, upload } = declared.value;
  // An answer that was lost may have been sent so late that nothing can be sent any more; the outcome tells.
  if (upload.kind === 'single-put')
    await putFile(
      { ...context, transport: guarded(context, context.transport) },
      { put: upload, body: spooled.blob, signal, maybeStored: false, onSent: () => undefined },
    );
  const outcome = await waitForOutcome(
    context,
    document.id,
    {
      signal,
      waitMilliseconds,
      onDocument: ({ state }) => {
        sending.known = { ...sending.known, state };
      },
    },
    { value: document, entityTag: declared.entityTag },
  );
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
      sending = { metadata, spooled, signal, waitMilliseconds, known: {} };
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
