import { limits } from '../../contract/limits.ts';
import type { RejectionReason } from '../../contract/states.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { scanOutcome } from '../domain/scan.ts';
import { rejectionByContent, rejectionByFacts } from '../domain/verify-upload.ts';
import type { MediaTypeSniffer, ObjectFacts, ObjectRef, Objects } from '../ports.ts';

/** What is to become of an upload, and why. */
export type Verification =
  | { readonly transition: 'accept' | 'quarantine' }
  | { readonly transition: 'refuse'; readonly rejectionReason: RejectionReason };

export interface VerifyDeps {
  readonly objects: Pick<Objects, 'readStart' | 'verdict'>;
  readonly sniffer: MediaTypeSniffer;
  /** Whether files wait for a verdict before they are available. */
  readonly isScanned: boolean;
}

/** Holds a version to what was declared, then to what a scanner wrote on it, which may have come first (F4). */
export const verify = async (
  { objects, sniffer, isScanned }: VerifyDeps,
  record: DocumentRecord,
  { object, facts }: { object: ObjectRef; facts: ObjectFacts },
): Promise<Verification> => {
  const rejectionReason =
    rejectionByFacts(record, facts) ??
    rejectionByContent(record, await sniffer.sniff(await objects.readStart(object, limits.sniffSizeBytes)));
  if (rejectionReason !== undefined) return { transition: 'refuse', rejectionReason };
  if (!isScanned) return { transition: 'accept' };
  const outcome = scanOutcome(await objects.verdict(object));
  if (outcome.kind === 'rejected') return { transition: 'refuse', rejectionReason: outcome.reason };
  return { transition: outcome.kind === 'clean' ? 'accept' : 'quarantine' };
};
