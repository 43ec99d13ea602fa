import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { mebibyte } from './sizes.ts';

/** So many PDF files of so many bytes each, by their looks; gives their paths. */
export const makeFiles = async (directory: string, count: number, sizeBytes: number): Promise<readonly string[]> => {
  const paths = Array.from({ length: count }, (_, index) => join(directory, `${sizeBytes}-${index}.pdf`));
  const noise = randomBytes(Math.min(mebibyte, sizeBytes));
  for (const [index, path] of paths.entries()) {
    await using file = await open(path, 'w');
    // No two pieces are the same, within a file or of two files.
    for (let offset = 0; offset < sizeBytes; offset += noise.length) {
      noise.write(`%PDF-1.7 ${index} ${offset}\n`);
      await file.write(noise, 0, Math.min(noise.length, sizeBytes - offset));
    }
  }
  return paths;
};
