/** The client for back ends. Only for Node: it reads and writes files. */
export * from './index.ts';
export { downloadToFile } from './node/download-to-file.ts';
export { openSource } from './node/open-source.ts';
export { createServiceClient, type ServiceClient } from './service/create-service-client.ts';
export {
  type ReportContent,
  type ReportMetadata,
  type ReportOptions,
  ReportRejectedError,
  type ReportResult,
  ReportTimeoutError,
} from './service/report.ts';
