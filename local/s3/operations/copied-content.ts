import { checksumAlgorithmDefault } from '../body/checksum.ts';
import { digestOf } from '../body/digest.ts';
import { Refusal } from '../refusal.ts';
import type { ObjectContent, ObjectVersion } from '../store/object-version.ts';
import { parseChecksumAlgorithm } from './checksum-algorithm.ts';
import { isMd5, newEtag } from './etag.ts';
import type { Call } from './operation.ts';
import { parseAttributes } from './put-object-attributes.ts';

/**
 * What a copy is, but for its tags: one object with the ETag and full-object checksum of one, also where the source was
 * uploaded in parts. Storage class and encryption are never copied; metadata is, unless the request replaces it; the
 * algorithm of the checksum is, unless the request names one (CopyObject, `x-amz-checksum-algorithm`). The source must
 * be held: its bytes are read where it does not tell what they come to.
 */
export async function copiedContent(
  { request, bucket, store }: Call,
  source: ObjectVersion,
  replacesMetadata: boolean,
): Promise<Omit<ObjectContent, 'tags'> | Refusal> {
  const attributes = parseAttributes(request.headers, bucket);
  if (attributes instanceof Refusal) return attributes;
  const asked = parseChecksumAlgorithm(request.headers);
  if (asked instanceof Refusal) return asked;
  const { blobId, sizeBytes, md5 } = source;
  const { checksum: known, encryption } = source.attributes;
  const algorithm = asked ?? known?.algorithm ?? checksumAlgorithmDefault;
  // Composite checksums are those of objects of parts, whose ETag is no MD5 either.
  const digest =
    known?.algorithm === algorithm && isMd5({ md5, encryption })
      ? { md5, checksum: known }
      : await digestOf(await store.blobs.read(blobId, 0, sizeBytes - 1), algorithm);
  return {
    blobId,
    sizeBytes,
    md5: newEtag(digest.md5, attributes.encryption),
    attributes: {
      ...attributes,
      checksum: digest.checksum,
      ...(!replacesMetadata && { headers: source.attributes.headers }),
    },
  };
}
