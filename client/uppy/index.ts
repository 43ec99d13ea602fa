export type { UppyFileLike, UppyFileWithMeta, UppyLike } from './core.ts';
export type { UploadLocale } from './file-events.ts';
export { restrictionsOf, type UppyRestrictions } from './restrictions.ts';
export { SealdropUploader, type SealdropUploaderOptions } from './uploader.ts';
