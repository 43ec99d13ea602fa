import { digestWords, type LaneHash, laneHashes, lanes } from './sha256-lanes.ts';
import type { RequestsToSign } from './sign-one-by-one.ts';
import { stringToSignStart } from './signature.ts';

const hashSizeBytes = 32;

/** The signatures in hexadecimal, four at a time. Undefined where such long requests do not fit into the lanes. */
export const signInLanes = (requests: RequestsToSign): string[] | undefined => {
  const { key, timestamp, beginning, count, write, restSizeBytesMax } = requests;
  const innerBeginning = Buffer.concat([key.hmac.innerBlock, Buffer.from(stringToSignStart(key, timestamp))]);
  const memory = laneHashes([
    { bytes: beginning, ownSizeBytesMax: restSizeBytesMax },
    { bytes: innerBeginning, ownSizeBytesMax: 2 * hashSizeBytes },
    { bytes: key.hmac.outerBlock, ownSizeBytesMax: hashSizeBytes },
  ]);
  if (memory === undefined) return undefined;
  const { bytes, view } = memory;
  const [request, inner, outer] = memory.hashes as [LaneHash, LaneHash, LaneHash];
  const signatures = Buffer.allocUnsafe(count * hashSizeBytes);
  const signaturesView = new DataView(signatures.buffer, signatures.byteOffset, signatures.length);

  /** Signs the requests that stand in the lanes, the first of which is that of this index. */
  const sign = (first: number, filled: number, sizeBytes: number): void => {
    request.hash(sizeBytes);
    for (const lane of lanes) writeHex(view, inner.starts[lane] ?? 0, request, lane);
    inner.hash(2 * hashSizeBytes);
    for (const lane of lanes) writeDigest(view, outer.starts[lane] ?? 0, inner, lane);
    outer.hash(hashSizeBytes);
    for (let lane = 0; lane < filled; lane++) {
      writeDigest(signaturesView, (first + lane) * hashSizeBytes, outer, lane);
    }
  };

  let filled = 0;
  let sizeBytes = 0;
  const writeInLane = (index: number, lane: number): number => {
    const start = request.starts[lane] ?? 0;
    return write(index, bytes, start) - start;
  };
  for (let index = 0; index < count; index++) {
    let size = writeInLane(index, filled);
    // Lanes go in step: a request that is longer or shorter, by a digit of its number, is written again after the others.
    if (filled > 0 && size !== sizeBytes) {
      sign(index - filled, filled, sizeBytes);
      filled = 0;
      size = writeInLane(index, filled);
    }
    sizeBytes = size;
    filled++;
    if (filled === lanes.length || index === count - 1) {
      sign(index + 1 - filled, filled, sizeBytes);
      filled = 0;
    }
  }
  const hex = signatures.toString('hex');
  return Array.from({ length: count }, (_, index) => hex.slice(index * 64, (index + 1) * 64));
};

const writeDigest = (view: DataView, at: number, from: LaneHash, lane: number): void => {
  for (let word = 0; word < digestWords; word++) view.setUint32(at + word * 4, from.word(lane, word));
};

const digitOf = (value: number): number => value + (value < 10 ? 0x30 : 0x57);
/** Two digits each, the first of them in the lower byte. */
const hexPairs = Uint16Array.from({ length: 256 }, (_, byte) => digitOf(byte >> 4) | (digitOf(byte & 15) << 8));

const writeHex = (view: DataView, at: number, from: LaneHash, lane: number): void => {
  for (let index = 0; index < digestWords; index++) {
    const word = from.word(lane, index);
    for (let byte = 0; byte < 4; byte++) {
      view.setUint16(at + index * 8 + byte * 2, hexPairs[(word >>> (24 - byte * 8)) & 255] ?? 0, true);
    }
  }
};
