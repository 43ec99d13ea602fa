import { routes, type ValueRouteName } from '../../../../contract/routes.ts';
import { createLink } from '../../../../lambdas/usecases/create-link.ts';
import { createUploadToken } from '../../../../lambdas/usecases/create-upload-token.ts';
import { deleteDocument } from '../../../../lambdas/usecases/delete-document.ts';
import { getDocument } from '../../../../lambdas/usecases/get-document.ts';
import { getHealth } from '../../../../lambdas/usecases/get-health.ts';
import { getHistory } from '../../../../lambdas/usecases/get-history.ts';
import { getSettings } from '../../../../lambdas/usecases/get-settings.ts';
import { getStorageStatus } from '../../../../lambdas/usecases/get-storage-status.ts';
import { headDocument } from '../../../../lambdas/usecases/head-document.ts';
import { issueDownload } from '../../../../lambdas/usecases/issue-download.ts';
import { listDocuments } from '../../../../lambdas/usecases/list-documents.ts';
import { listOwnDocuments } from '../../../../lambdas/usecases/list-own-documents.ts';
import { listSubjectDocuments } from '../../../../lambdas/usecases/list-subject-documents.ts';
import { abortUpload } from '../../../../lambdas/usecases/multipart/abort-upload.ts';
import { completeUpload } from '../../../../lambdas/usecases/multipart/complete-upload.ts';
import { listParts } from '../../../../lambdas/usecases/multipart/list-parts.ts';
import { signParts } from '../../../../lambdas/usecases/multipart/sign-parts.ts';
import { openLink } from '../../../../lambdas/usecases/open-link.ts';
import { requestForm } from '../../../../lambdas/usecases/request-form.ts';
import { requestUpload } from '../../../../lambdas/usecases/request-upload.ts';
import { requestUploads } from '../../../../lambdas/usecases/request-uploads.ts';
import { restoreDocument } from '../../../../lambdas/usecases/restore-document.ts';
import { signS3Request } from '../../../../lambdas/usecases/sign-s3-request.ts';
import { updateDocument } from '../../../../lambdas/usecases/update-document.ts';
import { type Row, row } from './row.ts';
import { knownToken } from './world.ts';

const file = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };

const about = (id: string) => ({ body: { ...file, subject: { type: 'patient', id } } });

/**
 * Who may call what, written by hand, beside the route table and the table of rights and not from them. A route that is
 * missing here fails the test, but for those that serve files to anybody. For the letters see row.ts.
 */
export const matrix: Readonly<Record<ValueRouteName, Row>> = {
  requestUpload: row(['declare', 'w', 'oooo'], routes.requestUpload, requestUpload, { body: file }),
  requestUploads: row(['declare', 'w', 'oooo'], routes.requestUploads, requestUploads, { body: { documents: [file] } }),
  requestForm: row(['declare', 'w', 'oooo'], routes.requestForm, requestForm, { body: file }),
  createUploadToken: row(['declare', 'w', 'oooo'], routes.createUploadToken, createUploadToken),
  signS3Request: row(['document', 'w', 'oooo'], routes.signS3Request, signS3Request, {
    body: { operation: 'ListParts', uploadId: 'theirs' },
    state: 'pending',
  }),
  signParts: row(['document', 'w', 'oooo'], routes.signParts, signParts, {
    body: { parts: [{ partNumber: 1 }] },
    state: 'pending',
  }),
  listParts: row(['document', 'w', 'oooo'], routes.listParts, listParts, { state: 'pending' }),
  completeUpload: row(['document', 'w', 'oooo'], routes.completeUpload, completeUpload, { body: {}, state: 'pending' }),
  abortUpload: row(['document', 'w', 'oooo'], routes.abortUpload, abortUpload, { state: 'pending' }),
  listDocuments: row(['list', 'r', 'ottt'], routes.listDocuments, listDocuments),
  listOwnDocuments: row(['list', 'r', 'oooo'], routes.listOwnDocuments, listOwnDocuments),
  listSubjectDocuments: row(['list', 'r', 'cttt'], routes.listSubjectDocuments, listSubjectDocuments, {
    params: { subjectType: 'patient', subjectId: 'me' },
    among: ['aboutMe'],
  }),
  getDocument: row(['document', 'r', 'cttt'], routes.getDocument, getDocument),
  headDocument: row(['document', 'r', 'cttt'], routes.headDocument, headDocument),
  updateDocument: row(['document', 'w', 'otto'], routes.updateDocument, updateDocument, {
    body: { title: 'Letter' },
    headers: { 'If-Match': '*' },
  }),
  issueDownload: row(['document', 'r', 'cttt'], routes.issueDownload, issueDownload),
  createLink: row(['document', 'rw', 'cttt'], routes.createLink, createLink, { body: {} }),
  openLink: row(['open', '', ''], routes.openLink, openLink, { params: { token: knownToken } }),
  getHistory: row(['document', 'r', 'otto'], routes.getHistory, getHistory),
  deleteDocument: row(['document', 'w', 'ooto'], routes.deleteDocument, deleteDocument),
  restoreDocument: row(['document', 'w', 'ooto'], routes.restoreDocument, restoreDocument, { state: 'deleted' }),
  getStorageStatus: row(['tenant', 'r', '-ttt'], routes.getStorageStatus, getStorageStatus),
  getSettings: row(['signed-in', 'r', ''], routes.getSettings, getSettings),
  getHealth: row(['open', '', ''], routes.getHealth, getHealth),
};

/** Calls of the same routes to which other lines apply. */
export const variants: Readonly<Record<string, Row>> = {
  'requestUpload, about me': row(['declare', 'w', 'oooo'], routes.requestUpload, requestUpload, about('me')),
  'requestUpload, about another patient': row(['declare', 'w', '-ooo'], routes.requestUpload, requestUpload, {
    ...about('another'),
    refusal: '422 invalid-request',
  }),
  'listSubjectDocuments, about another patient': row(
    ['list', 'r', '-ttt'],
    routes.listSubjectDocuments,
    listSubjectDocuments,
    { params: { subjectType: 'patient', subjectId: 'another' }, among: ['colleagues'] },
  ),
  'listSubjectDocuments, about a case of the same id': row(
    ['list', 'r', '-ttt'],
    routes.listSubjectDocuments,
    listSubjectDocuments,
    { params: { subjectType: 'case', subjectId: 'me' }, among: ['caseOfMe'] },
  ),
};
