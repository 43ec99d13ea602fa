/** As much of WebAssembly's binary format (W3C, "WebAssembly Core Specification", section 5) as `sha256-lanes` needs. */

export type Code = readonly number[];

/** LEB128. In the signed one a last byte of 64 or more would be negative. */
const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);
const signedLeb = (value: number): number[] =>
  value < 64 ? [value] : [(value & 127) | 128, ...signedLeb(value >>> 7)];
const withSize = (content: Code): number[] => [...leb(content.length), ...content];
const section = (id: number, content: Code): number[] => [id, ...withSize(content)];

const vector = (opcode: number, ...operands: Code[]): number[] => [...operands.flat(), 0xfd, ...leb(opcode)];

/** An operand is the code that leaves it on the stack. */
export const op = {
  get: (local: number): Code => [0x20, ...leb(local)],
  set: (local: number, value: Code): Code => [...value, 0x21, ...leb(local)],
  number: (value: number): Code => [0x41, ...signedLeb(value)],
  addNumbers: (left: Code, right: Code): Code => [...left, ...right, 0x6a],
  subtractNumbers: (left: Code, right: Code): Code => [...left, ...right, 0x6b],
  /** Repeats while `condition` leaves anything but nought. */
  repeat: (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b],

  load: (address: Code, offset: number): Code => [...vector(0x00, address), 0, ...leb(offset)],
  loadSplat: (address: Code, offset: number): Code => [...vector(0x09, address), 2, ...leb(offset)],
  store: (address: Code, offset: number, value: Code): Code => [...vector(0x0b, address, value), 0, ...leb(offset)],
  /** Sixteen bytes of the thirty-two that both have. */
  shuffle: (left: Code, right: Code, bytes: Code): Code => [...vector(0x0d, left, right), ...bytes],
  add: (left: Code, right: Code): Code => vector(0xae, left, right),
  or: (left: Code, right: Code): Code => vector(0x50, left, right),
  xor: (left: Code, right: Code): Code => vector(0x51, left, right),
  /** Bits of `left` where the mask has ones, of `right` elsewhere. */
  select: (left: Code, right: Code, mask: Code): Code => vector(0x52, left, right, mask),
  shiftLeft: (value: Code, bits: number): Code => vector(0xab, value, op.number(bits)),
  shiftRight: (value: Code, bits: number): Code => vector(0xad, value, op.number(bits)),
} as const;

/**
 * A module with one memory page of 64 KiB, exported as `memory`, and one function, exported as `run`: first its
 * parameters, then the numbers and the vectors that are local to it.
 */
export const moduleOf = (
  code: Code,
  locals: { readonly parameters: number; readonly numbers: number; readonly vectors: number },
): Uint8Array<ArrayBuffer> => {
  const [i32, v128] = [0x7f, 0x7b];
  const name = (text: string): number[] => withSize([...Buffer.from(text)]);
  const body = [2, ...leb(locals.numbers), i32, ...leb(locals.vectors), v128, ...code, 0x0b];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...withSize(Array(locals.parameters).fill(i32)), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('run'), 0, 0]),
    ...section(10, [1, ...withSize(body)]),
  ]);
};
