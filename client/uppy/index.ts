export type { UppyFileLike, UppyFileWithMeta, UppyLike } from './core.ts';
export type { DeclareOptions } from './declare-files.ts';
export type { UploadLocale } from './file-events.ts';
export { type RegisteredDocuments, type RegisterOptions, registerDocuments } from './register-documents.ts';
export { restrictionsOf, type UppyRestrictions } from './restrictions.ts';
export { createSignRequest, type RequestToSign, type SignedRequest, type SignRequest } from './sign-request.ts';
export { SealdropUploader, type SealdropUploaderOptions } from './uploader.ts';
