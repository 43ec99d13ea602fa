import type { PartHasher } from '../hash/part-hasher.ts';
import { type FileSource, sourceOf } from '../source.ts';

/** Read of the file for its fingerprint, each: the head of a format, what is in the middle, and what it ends with. */
const sampleSizeBytes = 64 * 1024;

/**
 * By what a file is known again: SHA-256 over what the system says of it, three samples of its bytes, and `words`, what
 * makes two uploads of the same file different ones (who, where to, what is said about it). It tells nothing of them.
 * It finds an upload to go on with and proves nothing: every part is compared by its own hash before it is trusted.
 */
export async function fingerprintOf(
  hasher: PartHasher,
  source: FileSource,
  words: readonly unknown[],
  signal: AbortSignal,
): Promise<string> {
  const { sizeBytes, name, type, lastModified } = source;
  const starts = [0, Math.floor((sizeBytes - sampleSizeBytes) / 2), sizeBytes - sampleSizeBytes];
  const samples = starts.map(async (from) => {
    const start = Math.max(0, from);
    const end = Math.min(start + sampleSizeBytes, sizeBytes);
    return (await hasher.hash(source, start, end, 'SHA256', signal)).checksum;
  });
  const said = JSON.stringify([...words, sizeBytes, name, type, lastModified, ...(await Promise.all(samples))]);
  const bytes = new Blob([said]);
  return (await hasher.hash(sourceOf(bytes), 0, bytes.size, 'SHA256', signal)).checksum;
}

/** Who a token is of, if it is a JWT (RFC 7519 section 4.1.2). Nobody trusts it: it only keeps two people's files apart. */
export function subjectOf(token: string): string {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { sub }: { readonly sub?: unknown } = JSON.parse(atob(payload));
    return typeof sub === 'string' ? sub : '';
  } catch {
    return ''; // An opaque token; what somebody else began answers 404 then.
  }
}
