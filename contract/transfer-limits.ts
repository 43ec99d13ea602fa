/**
 * Limits of files and of what brings them, which clients know too. They stand apart, so that no page loads the others.
 *
 * - `singlePutSizeBytesMax`: the largest object of one PUT (S3 user guide, "Uploading objects": 5 GiB).
 * - `partSizeBytesMin` … `objectSizeBytesMax`: of uploads in parts (S3 user guide, "Amazon S3 multipart upload limits");
 *   the largest object is all parts at their largest, 48.8 TiB.
 * - `partSizeBytesDefault`: of files that are not very large: a lost connection costs little, and a page holds several.
 * - `listLimitMax`: the most documents of one page of a list; `batchDocumentsMax`: of one declaration.
 */
export const transferLimits = {
  singlePutSizeBytesMax: 5 * 1024 ** 3,
  partSizeBytesMin: 5 * 1024 ** 2,
  partSizeBytesDefault: 8 * 1024 ** 2,
  partsMax: 10_000,
  objectSizeBytesMax: 10_000 * 5 * 1024 ** 3,
  listLimitMax: 100,
  batchDocumentsMax: 100,
} as const;
