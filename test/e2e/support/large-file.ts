import { createHash, randomFillSync } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { partRangeOf, partSizeBytesOf, partsCountOf } from '../../../contract/parts.ts';

const pieceSizeBytes = 8 * 1024 ** 2;

/** A file of random bytes that begins as a PDF does. */
export interface LargeFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly partsCount: number;
  /** What S3 has to hold of it: SHA-256 over the hashes of its parts, base64. */
  readonly checksum: string;
  /** Of all of it, hexadecimal. */
  readonly sha256: string;
}

export async function writeLargeFile(path: string, sizeBytes: number): Promise<LargeFile> {
  {
    await using file = await open(path, 'w');
    for (let at = 0; at < sizeBytes; at += pieceSizeBytes) {
      const piece = randomFillSync(Buffer.allocUnsafe(Math.min(pieceSizeBytes, sizeBytes - at)));
      if (at === 0) piece.write('%PDF-1.7\n');
      await file.write(piece, 0, piece.byteLength, at);
    }
  }
  return readLargeFile(path);
}

/** Reckoned from the bytes on the disk, without any code of the client. */
export async function readLargeFile(path: string): Promise<LargeFile> {
  const { size: sizeBytes } = await stat(path);
  const partSizeBytes = partSizeBytesOf(sizeBytes);
  const partsCount = partsCountOf(sizeBytes, partSizeBytes);
  const composite = createHash('sha256');
  const whole = createHash('sha256');
  await using file = await open(path);
  for (let partNumber = 1; partNumber <= partsCount; partNumber += 1) {
    const { start, end } = partRangeOf(partNumber, sizeBytes, partSizeBytes);
    const { buffer } = await file.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
    composite.update(createHash('sha256').update(buffer).digest());
    whole.update(buffer);
  }
  return { path, sizeBytes, partsCount, checksum: composite.digest('base64'), sha256: whole.digest('hex') };
}
