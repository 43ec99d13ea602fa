import { type Problem, type ProblemKind, problemKinds, problemType } from '../problems.ts';

/** The address that examples pretend to have been answered by. */
export const exampleAddress = 'https://api.example.com/live';

/** What an answer of each kind says besides status and title: the sentence for the person and the facts. */
const said: Readonly<Record<ProblemKind, Omit<Problem, 'type' | 'title' | 'status' | 'requestId'>>> = {
  'malformed-json': { detail: 'Send the body as one valid JSON object.' },
  unauthenticated: { detail: 'Sign in again and send the new access token as "Authorization: Bearer …".' },
  'insufficient-scope': {
    detail: 'Sign in with the scope that this route needs, or ask your administrator for it.',
  },
  'not-permitted': { detail: 'Ask somebody whose role allows it, or your administrator for that role.' },
  'document-not-found': {
    detail: 'There is no document with this id that you may see. Check the id, or list your documents.',
  },
  'link-not-found': {
    detail: 'There is no such link. Check that it was copied as a whole, or ask whoever sent it for a new one.',
  },
  'upload-ended': {
    detail:
      'It was completed, given up, or took too long. Look at the document; where it is not available, declare the file again.',
  },
  'upload-incomplete': {
    detail: 'Send the parts named in errors again, then complete the upload.',
    errors: [{ pointer: '/parts/7', detail: 'This part is missing.' }],
  },
  'upload-restarted': {
    detail: 'The storage wants all parts once more. Send all of them again, then complete the upload.',
  },
  'checksum-mismatch': {
    detail:
      'All parts arrived, but together they are not the file that was named. Check that the file did not change, and upload it again.',
  },
  'link-used-up': {
    detail: 'It was opened before, its time is over, or its document is gone. Ask whoever sent it for a new one.',
  },
  'credentials-not-offered': {
    detail:
      'Credentials of the storage are given to no browser. Upload with signed links: POST /s3/multipart and GET /s3/params.',
  },
  'prefetch-refused': {
    detail: 'This link works once and is kept for the one who opens it. Open it itself.',
  },
  'route-not-found': { detail: 'Check the method and the path of the request against the routes of this API.' },
  'document-not-available': {
    detail: 'Its upload is not complete yet. Wait until its state is available.',
    state: 'pending',
  },
  'state-conflict': {
    detail: 'It is gone for good. Upload the file again.',
    state: 'purged',
  },
  'quota-exceeded': {
    detail:
      'You have used 100 of 100 documents and 80 MB of 1 GB. Delete what is no longer needed and wait until it is purged, or ask your administrator.',
    quota: { scope: 'user', documents: 100, documentsMax: 100, sizeBytes: 80_000_000, sizeBytesMax: 1_000_000_000 },
  },
  'idempotency-key-reused': {
    detail: 'Send a new Idempotency-Key with each new request, and the old one only with the same.',
  },
  'precondition-failed': {
    detail: 'Get the document again, look at what changed, and send the change with its new ETag.',
  },
  'body-too-large': { detail: 'A declaration is small JSON. The bytes of a file go to the signed URL, not here.' },
  'unsupported-media-type': { detail: 'Send the body as JSON, with "Content-Type: application/json".' },
  'invalid-request': {
    detail: 'Correct the fields named in errors and send the request again.',
    errors: [{ pointer: '/sizeBytes', detail: 'The file is empty; choose a file with content.' }],
  },
  'media-type-not-allowed': {
    detail: 'Choose a file of one of these types: application/pdf, image/jpeg, image/png.',
    mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
  },
  'file-too-large': { detail: 'Choose a file of at most 104.8 MB.', sizeBytesMax: 104_857_600 },
  'precondition-required': { detail: 'Get the document first and send its ETag as "If-Match".' },
  'too-many-requests': { detail: 'Wait a moment and try again, with longer pauses between requests.' },
  'internal-error': {
    detail: 'Nothing was lost. Try again; if it happens again, report the request id.',
  },
  'service-unavailable': { detail: 'Nothing was lost. Wait a moment and try again.' },
};

/** An answer of this kind as it looks on the wire, for the OpenAPI document and the problem's page. */
export const problemExample = (kind: ProblemKind): Problem => ({
  type: problemType(exampleAddress, kind),
  ...{ title: problemKinds[kind].title, status: problemKinds[kind].status },
  ...said[kind],
  requestId: '0d6c1b1e-8f0a-4c55-9a53-6c1a5f0e7b21',
});
