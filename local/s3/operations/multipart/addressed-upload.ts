import { queryValue } from '../../http/query.ts';
import { Refusal } from '../../refusal.ts';
import type { Upload } from '../../store/uploads.ts';
import type { Call } from '../operation.ts';

export const uploadIdOf = ({ request }: Pick<Call, 'request'>): string => queryValue(request.query, 'uploadId') ?? '';

export const noSuchUpload = (call: Pick<Call, 'request'>): Refusal =>
  new Refusal('NoSuchUpload', undefined, { UploadId: uploadIdOf(call) });

/** The upload a request is about. Completed or aborted ones are gone. */
export const addressedUpload = (call: Call): Upload | Refusal =>
  call.store.uploads.find(call.bucket.name, call.key, uploadIdOf(call)) ?? noSuchUpload(call);
