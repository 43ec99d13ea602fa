/**
 * Limits that hold in every environment, whatever its profile says. A profile may be stricter, never laxer.
 *
 * - `fileNameLengthMax`: UTF-16 code units, the limit of NTFS and APFS.
 * - `singlePutSizeBytesMax`: the largest object of one PUT (S3 user guide, "Uploading objects": 5 GiB).
 * - `uploadExpiresInSecondsMax`, `downloadExpiresInSecondsMax`: the longest life of a signed URL; the bucket
 *   policy bounds `s3:signatureAge` with the same figures.
 * - `sniffSizeBytes`: how much of an object is read to recognise its type; what `file-type` asks for.
 * - `titleLengthMax` … `attributesMax`: what people and programs may write about a document; lengths in UTF-16 code units.
 *   All of it together stays far below the 400 KB of a DynamoDB item.
 * - `requestBodySizeBytesMax`: every field at its limit, in UTF-8 of four bytes for each character, fits.
 */
export const limits = {
  fileNameLengthMax: 255,
  singlePutSizeBytesMax: 5 * 1024 ** 3,
  uploadExpiresInSecondsMax: 300,
  downloadExpiresInSecondsMax: 900,
  listLimitDefault: 25,
  listLimitMax: 100,
  cursorLengthMax: 256,
  sniffSizeBytes: 4100,
  titleLengthMax: 200,
  descriptionLengthMax: 2000,
  tagLengthMax: 64,
  tagsMax: 20,
  attributeLengthMax: 256,
  attributesMax: 20,
  requestBodySizeBytesMax: 64 * 1024,
} as const;
