import type { routes, ValueRouteName } from '../contract/routes.ts';

/**
 * Method and path of every route that answers with a value. The route table itself carries the schemas and with them the schema library, which
 * a browser does not need; its type is free, and pins every entry here to the table, letter by letter.
 */
export const endpoints: {
  readonly [Name in ValueRouteName]: Readonly<Pick<(typeof routes)[Name], 'method' | 'path'>>;
} = {
  requestForm: { method: 'POST', path: '/v1/forms' },
  createUploadToken: { method: 'POST', path: '/v1/upload-tokens' },
  signS3Request: { method: 'POST', path: '/v1/documents/{documentId}/s3-requests' },
  requestUploads: { method: 'POST', path: '/v1/documents/batch' },
  signParts: { method: 'POST', path: '/v1/documents/{documentId}/parts' },
  listParts: { method: 'GET', path: '/v1/documents/{documentId}/parts' },
  completeUpload: { method: 'POST', path: '/v1/documents/{documentId}/complete' },
  abortUpload: { method: 'DELETE', path: '/v1/documents/{documentId}/upload' },
  requestUpload: { method: 'POST', path: '/v1/documents' },
  listDocuments: { method: 'GET', path: '/v1/documents' },
  listOwnDocuments: { method: 'GET', path: '/v1/me/documents' },
  listSubjectDocuments: { method: 'GET', path: '/v1/subjects/{subjectType}/{subjectId}/documents' },
  getDocument: { method: 'GET', path: '/v1/documents/{documentId}' },
  headDocument: { method: 'HEAD', path: '/v1/documents/{documentId}' },
  updateDocument: { method: 'PATCH', path: '/v1/documents/{documentId}' },
  getHistory: { method: 'GET', path: '/v1/documents/{documentId}/history' },
  deleteDocument: { method: 'DELETE', path: '/v1/documents/{documentId}' },
  getStorageStatus: { method: 'GET', path: '/v1/storage/status' },
  getSettings: { method: 'GET', path: '/v1/settings' },
  getHealth: { method: 'GET', path: '/v1/health' },
  restoreDocument: { method: 'POST', path: '/v1/documents/{documentId}/restore' },
  createLink: { method: 'POST', path: '/v1/documents/{documentId}/links' },
  openLink: { method: 'GET', path: '/v1/links/{token}' },
  issueDownload: { method: 'GET', path: '/v1/documents/{documentId}/download' },
};
