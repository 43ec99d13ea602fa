import { createHash } from 'node:crypto';
import type { ScanVerdict } from '../../../contract/states.ts';

/** Bytes that a person may upload. */
export interface Content {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly sha256: string;
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
