import type { ChecksumAlgorithm } from './checksum.ts';

/** Polynomials with their bits reversed, as the checksums are computed. */
const polynomials: Partial<Readonly<Record<ChecksumAlgorithm, { readonly bits: bigint; readonly value: bigint }>>> = {
  CRC32: { bits: 32n, value: 0xedb88320n },
  CRC32C: { bits: 32n, value: 0x82f63b78n },
  CRC64NVME: { bits: 64n, value: 0x9a6c9329ac4bc9b5n },
};

export interface SizedChecksum {
  readonly sizeBytes: number;
  /** Base64. */
  readonly value: string;
}

/** Whether a checksum of parts joined can be told from those of the parts. */
export const isLinear = (algorithm: ChecksumAlgorithm): boolean => polynomials[algorithm] !== undefined;

/**
 * The checksum of parts joined, without their bytes: crc(A‖B) = crc(A) · x^(8·|B|) + crc(B) modulo the polynomial (as
 * `crc32_combine` of zlib does it).
 */
export function combineCrcs(algorithm: ChecksumAlgorithm, parts: readonly SizedChecksum[]): string {
  const polynomial = polynomials[algorithm];
  if (polynomial === undefined) throw new Error(`${algorithm} of parts cannot be combined.`);
  const { bits, value: modulus } = polynomial;
  const one = 1n << (bits - 1n);
  const multiply = (a: bigint, b: bigint): bigint => {
    let product = 0n;
    let shifted = b;
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if (a & bit) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ modulus : shifted >> 1n;
    }
    return product;
  };
  const power = (exponent: number): bigint => {
    let result = one;
    let square = one >> 1n;
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = multiply(result, square);
      square = multiply(square, square);
    }
    return result;
  };
  // Nearly all parts of an upload are of one size.
  const powers = new Map<number, bigint>();
  let combined = 0n;
  for (const { sizeBytes, value } of parts) {
    const shift = powers.get(sizeBytes) ?? power(sizeBytes * 8);
    powers.set(sizeBytes, shift);
    combined = multiply(combined, shift) ^ BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
  }
  return Buffer.from(combined.toString(16).padStart(Number(bits) / 4, '0'), 'hex').toString('base64');
}
