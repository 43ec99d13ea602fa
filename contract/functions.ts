/** What a function needs that declares documents, whatever way their bytes will come. */
const declaring = [
  'TABLE_NAME',
  'BUCKET_NAME',
  'UPLOAD_ENDPOINT',
  'PROFILE',
  'ENCRYPTION',
  'STORAGE_SETTINGS_SECRET_ARN',
  'ALLOWED_ORIGINS',
] as const;

/**
 * The contract between infrastructure and code: each Lambda function, where its code starts, and the names of the
 * environment variables it needs, no more. `lib/` must give exactly these; `lambdas/runtime/config.ts` reads them.
 */
export const functions = {
  authorize: {
    entry: 'lambdas/api/authorize.ts',
    environment: ['IDENTITY'],
  },
  'request-upload': {
    entry: 'lambdas/api/request-upload.ts',
    environment: declaring,
  },
  'request-uploads': {
    entry: 'lambdas/api/request-uploads.ts',
    environment: declaring,
  },
  'sign-parts': {
    entry: 'lambdas/api/sign-parts.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'UPLOAD_ENDPOINT', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'list-parts': { entry: 'lambdas/api/list-parts.ts', environment: ['TABLE_NAME', 'BUCKET_NAME', 'ALLOWED_ORIGINS'] },
  'complete-upload': {
    entry: 'lambdas/api/complete-upload.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'ALLOWED_ORIGINS'],
  },
  'abort-upload': {
    entry: 'lambdas/api/abort-upload.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'ALLOWED_ORIGINS'],
  },
  'request-form': {
    entry: 'lambdas/api/request-form.ts',
    environment: declaring,
  },
  'create-upload-token': {
    entry: 'lambdas/api/create-upload-token.ts',
    environment: ['TABLE_NAME', 'ALLOWED_ORIGINS'],
  },
  'sign-s3-request': {
    entry: 'lambdas/api/sign-s3-request.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'UPLOAD_ENDPOINT', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  companion: {
    entry: 'lambdas/api/companion.ts',
    environment: declaring,
  },
  'list-documents': {
    entry: 'lambdas/api/list-documents.ts',
    environment: ['TABLE_NAME', 'CURSOR_KEY_SECRET_ARN', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'list-own-documents': {
    entry: 'lambdas/api/list-own-documents.ts',
    environment: ['TABLE_NAME', 'CURSOR_KEY_SECRET_ARN', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'list-subject-documents': {
    entry: 'lambdas/api/list-subject-documents.ts',
    environment: ['TABLE_NAME', 'CURSOR_KEY_SECRET_ARN', 'ALLOWED_ORIGINS'],
  },
  'get-document': {
    entry: 'lambdas/api/get-document.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'ALLOWED_ORIGINS'],
  },
  'head-document': {
    entry: 'lambdas/api/head-document.ts',
    environment: ['TABLE_NAME', 'ALLOWED_ORIGINS'],
  },
  'update-document': {
    entry: 'lambdas/api/update-document.ts',
    environment: ['TABLE_NAME', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'issue-download': {
    entry: 'lambdas/api/issue-download.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'create-link': {
    entry: 'lambdas/api/create-link.ts',
    environment: ['TABLE_NAME', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'open-link': {
    entry: 'lambdas/api/open-link.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'ALLOWED_ORIGINS'],
  },
  'get-history': {
    entry: 'lambdas/api/get-history.ts',
    environment: ['TABLE_NAME', 'ALLOWED_ORIGINS'],
  },
  'delete-document': {
    entry: 'lambdas/api/delete-document.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'EVENT_BUS_NAME', 'PROFILE', 'ALLOWED_ORIGINS'],
  },
  'restore-document': {
    entry: 'lambdas/api/restore-document.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'EVENT_BUS_NAME', 'ALLOWED_ORIGINS'],
  },
  'get-storage-status': { entry: 'lambdas/api/get-storage-status.ts', environment: ['BUCKET_NAME', 'ALLOWED_ORIGINS'] },
  'get-settings': {
    entry: 'lambdas/api/get-settings.ts',
    environment: ['TABLE_NAME', 'PROFILE', 'SCANNER', 'ALLOWED_ORIGINS'],
  },
  'get-health': { entry: 'lambdas/api/get-health.ts', environment: ['ALLOWED_ORIGINS'] },
  'api-docs': { entry: 'lambdas/api/api-docs.ts', environment: ['SIGN_IN', 'ALLOWED_ORIGINS'] },
  'record-upload': {
    entry: 'lambdas/events/record-upload.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'EVENT_BUS_NAME', 'PROFILE', 'SCANNER'],
  },
  'apply-scan-result': {
    entry: 'lambdas/events/apply-scan-result.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'EVENT_BUS_NAME', 'PROFILE'],
  },
  sweep: {
    entry: 'lambdas/events/sweep.ts',
    environment: ['TABLE_NAME', 'BUCKET_NAME', 'EVENT_BUS_NAME', 'PROFILE', 'SCANNER'],
  },
  'rotate-cursor-key': {
    entry: 'lambdas/events/rotate-cursor-key.ts',
    environment: ['CURSOR_KEY_SECRET_ARN'],
  },
} as const satisfies Record<string, { readonly entry: string; readonly environment: readonly string[] }>;

export type FunctionName = keyof typeof functions;

/** The environment variables of one function, as `lib/` must give them. */
export type FunctionEnvironment<Name extends FunctionName> = Readonly<
  Record<(typeof functions)[Name]['environment'][number], string>
>;
