import { fromBase64, hexOf, hexToBytes, toBase64 } from './base64.ts';

/** CRC-64/NVME (NVM Express 5.2.1.3.4), its bits reversed, as it is computed. */
export const crc64NvmePolynomial = '9a6c9329ac4bc9b5';

const modulus = BigInt(`0x${crc64NvmePolynomial}`);
/** x^0: the highest bit, for the bits are reversed. */
const one = 1n << 63n;

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = one; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ modulus : shifted >> 1n;
  }
  return product;
}

/** x^(8 × bytes): what a checksum is multiplied by when so many bytes come after it. */
function shiftOf(sizeBytes: number): bigint {
  let result = one;
  let square = one >> 8n;
  for (let rest = sizeBytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/** A part's CRC-64/NVME as S3 writes it: Base64 of its eight bytes, the highest first. */
export interface SizedCrc64 {
  readonly checksum: string;
  readonly sizeBytes: number;
}

/**
 * The CRC-64/NVME of parts joined in their order, from those of the parts, without their bytes: crc(A‖B) =
 * crc(A) · x^(8·|B|) + crc(B) in GF(2)[x] modulo the polynomial. Throws a `TypeError` where a checksum is none.
 */
export function combineCrc64Nvme(parts: readonly SizedCrc64[]): string {
  // Nearly all parts of an upload are of one size.
  const shifts = new Map<number, bigint>();
  let combined = 0n;
  for (const { checksum, sizeBytes } of parts) {
    const shift = shifts.get(sizeBytes) ?? shiftOf(sizeBytes);
    shifts.set(sizeBytes, shift);
    combined = multiply(combined, shift) ^ BigInt(`0x${hexOf(fromBase64(checksum, 8))}`);
  }
  return toBase64(hexToBytes(combined.toString(16).padStart(16, '0')));
}
