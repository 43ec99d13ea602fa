import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../../../contract/functions.ts';
import * as api from './api.ts';
import { rotateCursorKey } from './cursor-key.ts';
import * as events from './events.ts';
import * as lists from './lists.ts';
import * as otherUploads from './other-uploads.ts';
import type { Resources } from './resources.ts';
import * as uploads from './uploads.ts';

/** T12: what each function may do besides writing its own log. Written out by action: no `grant*`, no wildcard. */
export const functionStatements: Readonly<Record<FunctionName, (resources: Resources) => PolicyStatement[]>> = {
  authorize: () => [],
  'request-upload': api.requestUpload,
  'request-uploads': api.requestUploads,
  'sign-parts': uploads.signParts,
  'list-parts': uploads.listParts,
  'complete-upload': uploads.completeUpload,
  'abort-upload': uploads.abortUpload,
  'request-form': otherUploads.requestForm,
  'create-upload-token': otherUploads.createUploadToken,
  'sign-s3-request': otherUploads.signS3Request,
  companion: otherUploads.companion,
  'list-documents': lists.listDocuments,
  'list-own-documents': lists.listOwnDocuments,
  'list-subject-documents': lists.listSubjectDocuments,
  'get-document': api.getDocument,
  'head-document': api.headDocument,
  'update-document': api.updateDocument,
  'issue-download': api.issueDownload,
  'create-link': api.createLink,
  'open-link': api.openLink,
  'get-history': api.getHistory,
  'delete-document': api.deleteDocument,
  'restore-document': api.restoreDocument,
  'get-storage-status': api.getStorageStatus,
  'get-settings': api.getSettings,
  'get-health': () => [],
  'api-docs': () => [],
  'rotate-cursor-key': rotateCursorKey,
  'record-upload': events.recordUpload,
  'apply-scan-result': events.applyScanResult,
  sweep: events.sweep,
};
