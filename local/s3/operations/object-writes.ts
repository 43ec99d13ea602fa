import { parseTaggingHeader } from '../tagging.ts';
import type { Operation } from './operation.ts';

/** What a new object cannot be given here, however it is written. */
export const headersRefusedOfWrites = [
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-server-side-encryption-context',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-website-redirect-location',
];

/** The rights that the headers of a write ask for (service authorization reference of S3, `s3:PutObject`). */
export const actionsOfWrite: Operation['actions'] = ({ headers }) => [
  's3:PutObject',
  ...(headers.has('x-amz-tagging') ? ['s3:PutObjectTagging'] : []),
  ...(headers.has('x-amz-acl') ? ['s3:PutObjectAcl'] : []),
];

export const tagsOfWrite: NonNullable<Operation['readRequestTags']> = async ({ request }) =>
  parseTaggingHeader(request.headers.get('x-amz-tagging'));
