import { partRangeOf, partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import { combineCrc64Nvme } from '../hash/checksums.ts';
import type { PartHasher } from '../hash/part-hasher.ts';
import { sourceOf } from '../source.ts';

/** CRC-64/NVME of one file's parts and of all of it, in Base64; each part is read when its checksum is first asked for. */
export interface PartChecksums {
  of(partNumber: number): Promise<string>;
  whole(): Promise<string>;
}

export function createPartChecksums(hasher: PartHasher, blob: Blob): PartChecksums {
  const source = sourceOf(blob);
  const { sizeBytes } = source;
  const partSizeBytes = partSizeBytesOf(sizeBytes);
  const known = new Map<number, string>();
  const rangeOf = (partNumber: number) => partRangeOf(partNumber, sizeBytes, partSizeBytes);
  const of = async (partNumber: number): Promise<string> => {
    const earlier = known.get(partNumber);
    if (earlier !== undefined) return earlier;
    const { start, end } = rangeOf(partNumber);
    const { checksum } = await hasher.hash(source, start, end, 'CRC64NVME', new AbortController().signal);
    known.set(partNumber, checksum);
    return checksum;
  };
  return {
    of,
    whole: async () => {
      const parts: { checksum: string; sizeBytes: number }[] = [];
      for (let partNumber = 1; partNumber <= partsCountOf(sizeBytes, partSizeBytes); partNumber += 1) {
        const { start, end } = rangeOf(partNumber);
        parts.push({ checksum: await of(partNumber), sizeBytes: end - start });
      }
      return combineCrc64Nvme(parts);
    },
  };
}
