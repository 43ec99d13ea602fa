import { transferLimits } from './transfer-limits.ts';

/**
 * What people and programs may write about a document, those that a form must know too; lengths in UTF-16 code units. All
 * of it together stays far below the 400 KB of a DynamoDB item.
 *
 * - `fileNameLengthMax`: the limit of NTFS and APFS.
 */
export const metadataLimits = {
  fileNameLengthMax: 255,
  titleLengthMax: 200,
  descriptionLengthMax: 2000,
  tagLengthMax: 64,
  tagsMax: 20,
  attributeLengthMax: 256,
  attributesMax: 20,
} as const;

/**
 * Limits that hold in every environment, whatever its profile says. A profile may be stricter, never laxer.
 *
 * - `multipartExpiresInSecondsMin` … `Max`: how long an upload in parts may take in all.
 * - `downloadExpiresInSecondsMin`: time enough for a person to click, and for a slow device to begin.
 * - `uploadExpiresInSecondsMax`, `downloadExpiresInSecondsMax`: the longest life of a signed URL; the bucket
 *   policy bounds `s3:signatureAge` with the same figures.
 * - `sniffSizeBytes`: how much of an object is read to recognise its type; what `file-type` asks for.
 * - `retentionDaysMax`: a hundred years. `retentionClassesMax`: far below the 1,000 rules of a bucket (S3 user guide,
 *   "Lifecycle configuration elements"), for their names stand in a policy and in the environment of functions.
 * - `profileSizeBytesMax`: of the profile as JSON. All variables of a function together may have 4 KB (Lambda quotas).
 * - `listExaminedMax`: the most records that one page of a list reads to find those that fit its filters; a bound on what
 *   a request costs and how long it takes, with a page that may then be short.
 * - `searchTextLengthMax`: what is looked for in titles and names; in UTF-16 code units.
 * - `accessReasonLengthMin`, `accessReasonLengthMax`: why somebody opens a document; UTF-16 code units, without blanks at the
 *   ends for the minimum.
 * - `linkExpiresInSecondsMin` … `Max`: how long a one-time link waits to be opened; `Default` where nobody says.
 * - `openedLinkExpiresInSeconds`: how long the signed URL lives that an opened one-time link leads to; a browser that
 *   follows it needs a moment.
 * - `requestBodySizeBytesMax`: every field at its limit, in UTF-8 of four bytes for each character, fits.
 * - `batchBodySizeBytesMax`: the same of requests about many things at once, 10,000 parts with their checksums or
 *   `batchDocumentsMax` documents; below the 6 MB that a function takes (Lambda quotas).
 * - `companionPartsMax`: how many parts are signed at once as whole URLs, of 2 KB each with a session token.
 * - `uploadTokenExpiresInSeconds`: how long a token in the path of an upload client is good; it stands in logs of others.
 * - `uploadIdLengthMax`: S3 says nothing of it; theirs have about 130 characters.
 * - `requestIdLengthMax`: how much is kept of the id of a request, which is 36 characters unless a client chose it. It is
 *   part of keys of the history, which may have 1,024 bytes (DynamoDB developer guide, "Quotas").
 */
export const limits = {
  ...metadataLimits,
  ...transferLimits,
  multipartExpiresInSecondsMin: 3600,
  multipartExpiresInSecondsMax: 604_800,
  uploadExpiresInSecondsMax: 300,
  downloadExpiresInSecondsMin: 120,
  downloadExpiresInSecondsMax: 900,
  listLimitDefault: 25,
  listExaminedMax: 400,
  searchTextLengthMax: 100,
  cursorLengthMax: 256,
  sniffSizeBytes: 4100,
  retentionDaysMax: 36_500,
  retentionClassesMax: 16,
  profileSizeBytesMax: 3072,
  accessReasonLengthMin: 3,
  accessReasonLengthMax: 200,
  linkExpiresInSecondsMin: 60,
  linkExpiresInSecondsDefault: 86_400,
  linkExpiresInSecondsMax: 604_800,
  openedLinkExpiresInSeconds: 30,
  requestBodySizeBytesMax: 64 * 1024,
  batchBodySizeBytesMax: 2 * 1024 ** 2,
  companionPartsMax: 1000,
  uploadTokenExpiresInSeconds: 3600,
  uploadIdLengthMax: 1024,
  requestIdLengthMax: 64,
} as const;
