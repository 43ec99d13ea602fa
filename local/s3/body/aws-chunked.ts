import { createHash, type Hash } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import { type ChunkSignatures, startChunkSignatures } from '../sigv4/chunk-signatures.ts';
import { type ChunkEvent, startChunkParser } from './aws-chunk-parser.ts';
import { type Checksum, checksumHeader, isChecksumValue } from './checksum.ts';
import type { BodyDecoder } from './decoder.ts';
import type { BodyExpectations, ChunkExpectations } from './expectations.ts';

/** "Only the last chunk is allowed to have a size less than 8192 bytes". */
const chunkSizeBytesMin = 8192;
const trailerSignature = 'x-amz-trailer-signature';

/**
 * Holds an `aws-chunked` body to its signatures, sizes and trailers while it streams through. Data leaves before the
 * signature of its chunk is known to be right, so nothing may be kept before `end`.
 */
export function startChunkDecoder(expected: BodyExpectations, chunks: ChunkExpectations): BodyDecoder {
  const parser = startChunkParser();
  const sizes = startSizeCheck(expected.sizeBytes);
  const signed = chunks.seed && startSignatureCheck(startChunkSignatures(chunks.seed));
  const trailers = new Map<string, string>();
  const announced = chunks.trailer && checksumHeader(chunks.trailer);
  const isAnnouncedMissing = (): boolean => announced !== undefined && !trailers.has(announced);

  function take(event: ChunkEvent): Buffer | Refusal | undefined {
    if (event.kind === 'malformed') return new Refusal('IncompleteBody');
    if (event.kind === 'head') {
      if ((event.signature !== undefined) !== (signed !== undefined)) return new Refusal('IncompleteBody');
      return signed?.startChunk(event) ?? sizes.add(event.sizeBytes);
    }
    if (event.kind === 'data') {
      signed?.update(event.bytes);
      return event.bytes;
    }
    if (event.kind === 'end') return isAnnouncedMissing() ? malformedTrailer() : undefined;
    const mayCome = event.name === announced || (event.name === trailerSignature && signed && chunks.hasTrailers);
    // What comes behind its signature, or twice, is not what was signed.
    if (!mayCome || trailers.has(event.name) || trailers.has(trailerSignature)) return malformedTrailer();
    trailers.set(event.name, event.value);
    return undefined;
  }

  return {
    push(bytes) {
      const decoded: Buffer[] = [];
      for (const event of parser.push(bytes)) {
        const outcome = take(event);
        if (outcome instanceof Refusal) return outcome;
        if (outcome !== undefined) decoded.push(outcome);
      }
      return decoded;
    },
    end() {
      if (!parser.isComplete()) return new Refusal('IncompleteBody');
      const mismatch = signed?.endChunk() ?? (chunks.hasTrailers ? signed?.checkTrailers(trailers) : undefined);
      if (mismatch) return mismatch;
      if (isAnnouncedMissing()) return malformedTrailer();
      if (chunks.trailer === undefined || announced === undefined) return { checksum: expected.checksum };
      const checksum: Checksum = { algorithm: chunks.trailer, value: trailers.get(announced) ?? '' };
      if (isChecksumValue(checksum)) return { checksum };
      return new Refusal('InvalidRequest', `Value for ${announced} trailing header is invalid.`);
    },
  };
}

const malformedTrailer = (): Refusal => new Refusal('MalformedTrailerError');

/** S3 names the chunk at which it noticed, not the small one before it. */
function startSizeCheck(expectedBytes: number): { add(sizeBytes: number): Refusal | undefined } {
  let number = 0;
  let receivedBytes = 0;
  let lastSizeBytes = chunkSizeBytesMin;
  return {
    add(sizeBytes) {
      number += 1;
      receivedBytes += sizeBytes;
      if (sizeBytes > 0 && lastSizeBytes < chunkSizeBytesMin) {
        return new Refusal('InvalidChunkSizeError', undefined, { Chunk: number, BadChunkSize: lastSizeBytes });
      }
      lastSizeBytes = sizeBytes;
      const isWrong = sizeBytes === 0 ? receivedBytes !== expectedBytes : receivedBytes > expectedBytes;
      const counts = { NumberBytesExpected: expectedBytes, NumberBytesProvided: receivedBytes };
      return isWrong ? new Refusal('IncompleteBody', undefined, counts) : undefined;
    },
  };
}

function startSignatureCheck(signatures: ChunkSignatures) {
  let open: { readonly hash: Hash; readonly provided: string } | undefined;
  const endChunk = (): Refusal | undefined => {
    const ended = open;
    open = undefined;
    return ended && signatures.checkChunk(ended.hash.digest('hex'), ended.provided);
  };
  return {
    startChunk({ signature = '' }: { readonly signature: string | undefined }): Refusal | undefined {
      const mismatch = endChunk();
      open = { hash: createHash('sha256'), provided: signature };
      return mismatch;
    },
    update: (bytes: Buffer): void => void open?.hash.update(bytes),
    endChunk,
    checkTrailers(trailers: ReadonlyMap<string, string>): Refusal | undefined {
      const provided = trailers.get(trailerSignature);
      if (provided === undefined) return new Refusal('IncompleteBody');
      const lines = [...trailers].filter(([name]) => name !== trailerSignature);
      return signatures.checkTrailers(lines.map(([name, value]) => `${name}:${value}\n`).join(''), provided);
    },
  };
}
