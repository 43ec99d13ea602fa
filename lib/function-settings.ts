import type { FunctionName } from '../contract/functions.ts';

interface FunctionSettings {
  /** CPU grows with it: 1,769 MB are one vCPU. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/** API functions answer well before API Gateway gives up, after 29 s; the verifier reads 4 kB of each object. */
const answering: FunctionSettings = { memoryMegabytes: 512, timeoutSeconds: 10 };

export const functionSettings: Readonly<Record<FunctionName, FunctionSettings>> = {
  authorize: answering,
  'request-upload': answering,
  'request-uploads': answering,
  'sign-parts': answering,
  'list-parts': answering,
  // S3 may take minutes to put 10,000 parts together; who waits no longer asks again, and finds the object.
  'complete-upload': { ...answering, timeoutSeconds: 29 },
  'abort-upload': answering,
  'request-form': answering,
  'create-upload-token': answering,
  'sign-s3-request': answering,
  companion: { ...answering, timeoutSeconds: 29 },
  'list-documents': answering,
  'list-own-documents': answering,
  'list-subject-documents': answering,
  'get-document': answering,
  'head-document': answering,
  'update-document': answering,
  'issue-download': answering,
  'create-link': answering,
  'open-link': answering,
  'get-history': answering,
  'delete-document': answering,
  'restore-document': answering,
  'get-storage-status': answering,
  'get-settings': answering,
  'get-health': answering,
  'api-docs': answering,
  'rotate-cursor-key': { memoryMegabytes: 256, timeoutSeconds: 30 },
  'record-upload': { memoryMegabytes: 512, timeoutSeconds: 30 },
  'apply-scan-result': { memoryMegabytes: 512, timeoutSeconds: 30 },
  // Well below `followUpSecondsMax`, and below the pause between two sweeps.
  sweep: { memoryMegabytes: 512, timeoutSeconds: 60 },
};
