import type { BucketChange } from '../../buckets/registry.ts';
import type { Answer } from '../../http/answer.ts';
import { notImplemented, type Refusal } from '../../refusal.ts';
import type { Call } from '../operation.ts';

/** Changes settings of the bucket, effective at once and on the disk when it is answered. */
export async function setConfiguration(
  { buckets, bucket }: Call,
  change: BucketChange,
  status: 200 | 204 = 200,
): Promise<Answer> {
  await buckets.update(bucket.name, change);
  return { status, headers: {} };
}

/** What the template says of its buckets in ways that are not read here cannot be told, nor replaced. */
export const refuseDeclared = ({ bucket }: Call, what: string): Refusal | undefined =>
  bucket.isDeclared ? notImplemented(`${what} of buckets that the template declares`) : undefined;
