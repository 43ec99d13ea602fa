import { createHash } from 'node:crypto';
import { partRangeOf, partSizeBytesOf } from '../../../contract/parts.ts';
import type { ScanVerdict } from '../../../contract/states.ts';

/** Bytes that a person may upload. */
export interface Content {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Of what came in parts: base64 of the hash of the parts' hashes; S3 keeps no other. */
  readonly composite?: string;
  /** What a scan of them says in the end. */
  readonly verdict: ScanVerdict;
}

const content = (name: string, text: string, verdict: ScanVerdict): Content => {
  const bytes = new TextEncoder().encode(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, bytes, sizeBytes: bytes.length, sha256, verdict };
};

/** The first three have the same size, so that only the hash tells them apart. */
export const contents = {
  report: content('report', '%PDF-1.7\n% report 1\n', 'NO_THREATS_FOUND'),
  letter: content('letter', '%PDF-1.7\n% letter 1\n', 'NO_THREATS_FOUND'),
  malware: content('malware', '%PDF-1.7\n% malware!\n', 'THREATS_FOUND'),
  locked: content('locked', '%PDF-1.7\n% encrypted, with a password\n', 'UNSUPPORTED'),
  text: content('text', 'no file of any type that is taken\n', 'NO_THREATS_FOUND'),
} as const;

export type ContentName = keyof typeof contents;

/** A file that goes up in parts: the first says what it is, and all have a scan's worst word. */
export const partsCount = 3;
export const largeSizeBytes = 20 * 1024 ** 2;
const partSizeBytes = partSizeBytesOf(largeSizeBytes);

/** One part of a file with that content, as S3 holds it. */
export interface Part {
  readonly of: Content;
  readonly number: number;
  readonly sizeBytes: number;
  /** Base64 of its SHA-256. */
  readonly checksum: string;
}

export const partOf = (of: Content, number: number): Part => {
  const { start, end } = partRangeOf(number, largeSizeBytes, partSizeBytes);
  const checksum = createHash('sha256').update(`${of.name}, part ${number}`).digest('base64');
  return { of, number, sizeBytes: end - start, checksum };
};

export const compositeOf = (parts: readonly Part[]): string => {
  const hash = createHash('sha256');
  for (const { checksum } of parts) hash.update(checksum, 'base64');
  return hash.digest('base64');
};

/** What S3 makes of parts. */
export const madeOf = (parts: readonly Part[]): Content => {
  const [first] = parts;
  if (first === undefined) throw new Error('An object has a part at least.');
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const worst = parts.find(({ of }) => of.verdict !== 'NO_THREATS_FOUND')?.of ?? first.of;
  const name = [...new Set(parts.map(({ of }) => of.name))].join(' and ');
  return { ...first.of, name, sizeBytes, composite: compositeOf(parts), verdict: worst.verdict };
};
