/** Examples of the routes of documents: one document through its life. */

const documentId = '019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17';
const params = { documentId };

const described = {
  category: 'reports',
  subject: { type: 'patient', id: 'p-2041' },
  title: 'Blood count',
  documentDate: '2026-11-19',
  tags: ['laboratory'],
};

const declared = {
  fileName: 'Befund Müller.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 48_213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ...described,
  attributes: { laboratory: 'North', pages: 3, urgent: false },
};

/** About nobody: patients may not declare about others, and whoever tries it out may be one. */
const { subject: _subject, ...declaredByAnybody } = declared;

const pending = {
  id: documentId,
  revision: 1,
  metadataRevision: 0,
  state: 'pending',
  ...declared,
  uploadedBy: 'a3f1c9',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  uploadExpiresAt: '2026-11-21T10:05:00.000Z',
};

const available = {
  ...pending,
  revision: 3,
  state: 'available',
  updatedAt: '2026-11-21T10:00:09.120Z',
  availableAt: '2026-11-21T10:00:09.120Z',
  checksum: {
    algorithm: 'SHA256',
    type: 'FULL_OBJECT',
    value: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
  },
};

const deleted = {
  ...available,
  revision: 4,
  state: 'deleted',
  updatedAt: '2026-11-23T08:30:00.000Z',
  purgeAfter: '2027-02-21T08:30:00.000Z',
};

const signed = 'https://amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com/documents/north/3f/…?X-Amz-Signature=…';

const upload = {
  kind: 'single-put',
  method: 'PUT',
  url: signed,
  headers: {
    'content-type': 'application/pdf',
    'if-none-match': '*',
    'x-amz-checksum-sha256': 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
    'x-amz-tagging': 'sealdrop-state=incoming',
  },
  expiresAt: '2026-11-21T10:05:00.000Z',
};

const history = [
  {
    kind: 'change',
    revision: 1,
    at: '2026-11-21T10:00:00.000Z',
    by: 'a3f1c9',
    requestId: '0d6c1b1e-8f0a-4c55-9a53-6c1a5f0e7b21',
    addressClass: 'public-ipv4',
    from: null,
    to: 'pending',
    cause: 'declared',
  },
];

/** Every filter there is, not that all of them make sense together. */
const query = {
  limit: '25',
  cursor: 'v2.b3BhcXVl',
  category: 'reports',
  state: 'available',
  tag: 'laboratory',
  mediaType: 'application/pdf',
  createdFrom: '2026-11-01',
  createdTo: '2026-11-30',
  documentDateFrom: '2026-11-01',
  documentDateTo: '2026-11-30',
  text: 'blood',
};

const list = { query, answer: { documents: [available], totals: { documents: 1, sizeBytes: 48_213 } } };

export const documentExamples = {
  requestUpload: { body: declaredByAnybody, answer: { document: pending, upload } },
  requestUploads: {
    body: { documents: [declaredByAnybody] },
    answer: { results: [{ document: pending, upload }] },
  },
  listDocuments: list,
  listOwnDocuments: list,
  listSubjectDocuments: {
    params: { subjectType: 'patient', subjectId: 'p-2041' },
    query,
    answer: { documents: [available] },
  },
  getDocument: { params, answer: available },
  updateDocument: {
    params,
    body: { title: 'Blood count, repeated', description: null, attributes: { urgent: true } },
    answer: { ...available, metadataRevision: 1, title: 'Blood count, repeated' },
  },
  headDocument: { params },
  createLink: {
    params,
    body: { expiresInSeconds: 3600, disposition: 'attachment', reason: 'Second opinion' },
    answer: {
      url: 'https://api.example.com/live/v1/links/3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      expiresAt: '2026-11-21T11:00:00.000Z',
    },
  },
  openLink: { params: { token: '3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
  issueDownload: {
    params,
    query: { disposition: 'attachment', redirect: 'false', reason: 'Second opinion' },
    answer: { url: signed, expiresAt: '2026-11-21T10:02:00.000Z' },
  },
  getHistory: { params, answer: { entries: history } },
  deleteDocument: { params, answer: deleted },
  restoreDocument: { params, answer: { ...available, revision: 5 } },
};
