/**
 * Limits that hold in every environment, whatever its profile says. A profile may be stricter, never laxer.
 *
 * - `fileNameLengthMax`: UTF-16 code units, the limit of NTFS and APFS.
 * - `singlePutSizeBytesMax`: the largest object of one PUT (S3 user guide, "Uploading objects": 5 GiB).
 * - `uploadExpiresInSecondsMax`, `downloadExpiresInSecondsMax`: the longest life of a signed URL; the bucket
 *   policy bounds `s3:signatureAge` with the same figures.
 * - `sniffSizeBytes`: how much of an object is read to recognise its type; what `file-type` asks for.
 * - `requestBodySizeBytesMax`: no request body of this API comes near it.
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
  requestBodySizeBytesMax: 16 * 1024,
} as const;
