import type { ClientOptions } from '../client-options.ts';
import { contextOf } from '../context.ts';
import { type Client, createClient } from '../create-client.ts';
import { goesInPartsBy } from '../engine/threshold.ts';
import { defaultTransport } from '../transport/transport.ts';
import { putReport } from './put-report.ts';
import type { ReportContent, ReportMetadata, ReportOptions, ReportResult } from './report.ts';

export interface ServiceClient extends Client {
  /**
   * Stores a generated report in one call: hashes it, declares it with what it is about, sends it straight to S3, and
   * waits until it is verified. `content` is bytes, a stream (spooled to a private temporary file, never held in
   * memory), or the path of a file; 1 byte to 5 GiB.
   *
   * With `onFailure: 'return'` it never rejects, whatever happens: the work that made the report goes on, and the
   * result says what became of it. Otherwise it rejects as `upload` does, with a `ReportRejectedError` where the
   * report was refused after it was checked, and a `ReportTimeoutError` where it took too long.
   *
   * @example
   * const stored = await client.putReport(pdf, { category: 'provider_payments' }, { onFailure: 'return' });
   * if (!stored.success) log.warn(`The report is not stored: ${stored.error?.message ?? stored.state}`);
   */
  putReport(content: ReportContent, metadata: ReportMetadata, options?: ReportOptions): Promise<ReportResult>;
}

/** A client for back ends, whose tokens have the role `service`. */
export function createServiceClient(options: ClientOptions): ServiceClient {
  const client = createClient(options);
  const context = {
    ...contextOf(options),
    transport: options.transport ?? defaultTransport(),
    uploads: client.uploads,
    goesInParts: goesInPartsBy(client),
  };
  return {
    ...client,
    putReport: (content, metadata, reportOptions) => putReport(context, content, metadata, reportOptions),
  };
}
