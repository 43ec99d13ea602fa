import { sha256Module } from './sha256-code.ts';

export const lanes = [0, 1, 2, 3] as const;
export const digestWords = 8;
const blockSizeBytes = 64;
/** What the state of all lanes takes: a vector of 16 bytes for each word. */
const stateSizeBytes = digestWords * 16;

/** Four messages at once that begin alike, go on each in its own way, and are equally long. */
export interface LaneHash {
  /** Where in the memory each lane's own bytes are to be written. */
  readonly starts: readonly number[];
  /** Hashes them: so many of each lane. */
  hash(ownSizeBytes: number): void;
  /** A word of a lane's digest. */
  word(lane: number, index: number): number;
}

export interface Beginning {
  readonly bytes: Uint8Array;
  /** Of what follows in each lane. */
  readonly ownSizeBytesMax: number;
}

type Run = (state: number, message: number, stride: number, blocks: number) => void;

/** What was compiled, with its one page of memory seen in three ways. */
interface Machine {
  readonly run: Run;
  readonly numbers: Uint32Array;
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** FIPS 180-4, sections 4.2.2 and 5.3.3: 32 bits of the fractions of roots of the first primes. */
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32);
const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
const roundConstants = primes.map((prime) => fraction(Math.cbrt(prime)));
const initialState = primes.slice(0, digestWords).flatMap((prime) => lanes.map(() => fraction(Math.sqrt(prime))));

const build = (): Machine => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(sha256Module()));
  const { memory, run } = exports as { memory: WebAssembly.Memory; run: Run };
  const numbers = new Uint32Array(memory.buffer);
  numbers.set(roundConstants);
  return { run, numbers, bytes: Buffer.from(memory.buffer), view: new DataView(memory.buffer) };
};

/** With a one bit, and eight bytes of length (FIPS 180-4, section 5.1.1). */
const blocksOf = (sizeBytes: number): number => Math.ceil((sizeBytes + 9) / blockSizeBytes);

/** What all four have in common is hashed here, once. */
const begin = (
  { run, numbers, bytes, view }: Machine,
  at: number,
  { bytes: beginning, ownSizeBytesMax }: Beginning,
) => {
  const rest = beginning.length % blockSizeBytes;
  const stride = blocksOf(rest + ownSizeBytesMax) * blockSizeBytes;
  const [begun, state, message] = [at, at + stateSizeBytes, at + 2 * stateSizeBytes];
  const end = message + Math.max(lanes.length * stride, Math.ceil(beginning.length / blockSizeBytes) * blockSizeBytes);
  if (end > bytes.length) return undefined;
  numbers.set(initialState, begun / 4);
  bytes.set(beginning, message);
  if (beginning.length > rest) run(begun, message, 0, (beginning.length - rest) / blockSizeBytes);
  for (const lane of lanes) bytes.set(beginning.subarray(beginning.length - rest), message + lane * stride);
  const starts = lanes.map((lane) => message + lane * stride + rest);
  let padded = -1;
  const pad = (ownSizeBytes: number): void => {
    for (const start of starts) {
      const blocksEnd = start - rest + blocksOf(rest + ownSizeBytes) * blockSizeBytes;
      bytes.fill(0, start + ownSizeBytes, blocksEnd);
      bytes[start + ownSizeBytes] = 0x80;
      view.setUint32(blocksEnd - 4, (beginning.length + ownSizeBytes) * 8);
    }
    padded = ownSizeBytes;
  };
  const hash = (ownSizeBytes: number): void => {
    if (ownSizeBytes !== padded) pad(ownSizeBytes);
    bytes.copyWithin(state, begun, begun + stateSizeBytes);
    run(state, message, stride, blocksOf(rest + ownSizeBytes));
  };
  const word = (lane: number, index: number): number => numbers[state / 4 + index * lanes.length + lane] ?? 0;
  return { hashes: { starts, hash, word } satisfies LaneHash, end };
};

let machine: Machine | undefined;

/**
 * Hashes that begin so, side by side in one memory; undefined where they do not fit in. What was there before is
 * overwritten, so whoever uses them must not wait in between. Compiled when it is first asked for: that takes
 * milliseconds, and most functions never sign a large batch.
 */
export const laneHashes = (
  beginnings: readonly Beginning[],
): { bytes: Buffer; view: DataView; hashes: LaneHash[] } | undefined => {
  machine ??= build();
  const hashes: LaneHash[] = [];
  let free = roundConstants.length * 4;
  for (const beginning of beginnings) {
    const begun = begin(machine, free, beginning);
    if (begun === undefined) return undefined;
    hashes.push(begun.hashes);
    free = begun.end;
  }
  return { bytes: machine.bytes, view: machine.view, hashes };
};
