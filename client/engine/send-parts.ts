import type { Report } from '../progress.ts';
import type { FileSource } from '../source.ts';
import { type Settle, settling } from './doubts.ts';
import type { Engine } from './engine.ts';
import { createLinks, type Links } from './links.ts';
import { isTimeForLinks } from './links-time.ts';
import { partsAtOnce, partsRoomFor } from './parts-room.ts';
import { missingParts, type PartsUpload, sizeOfPart } from './parts-upload.ts';
import { createLane, type Lane } from './queue.ts';
import { sendPart } from './send-part.ts';

/** One go at the parts of one file that are missing. */
export interface PartsRun {
  readonly engine: Engine;
  readonly upload: PartsUpload;
  readonly source: FileSource;
  readonly lane: Lane;
  /** How many of its parts are with a connection. */
  active: number;
  readonly links: Links;
  readonly settle: Settle;
  /** How much of a part is sent. `isSent`: just now, rather than before. */
  readonly onSent: (partNumber: number, bytesDone: number, isSent?: boolean) => void;
  /** Aborted as soon as one part fails for good. */
  readonly signal: AbortSignal;
}

/**
 * Sends what is missing. Parts are read and hashed ahead of those that are being sent, as far as there is room for them,
 * which files take in turn.
 */
export async function sendParts(
  engine: Engine,
  upload: PartsUpload,
  source: FileSource,
  report: Report,
  outer: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const lane = createLane('large');
  const { documentId } = upload;
  const { timing, patient } = engine;
  const sending = new Set<Promise<void>>();
  const isTime = (wanted: number): boolean =>
    isTimeForLinks({
      wanted,
      waiting: lane.waiting.length,
      active: run.active,
      coming: sending.size,
      limit: partsAtOnce(engine),
    });
  const links = createLinks({ callTagged: patient.callTagged, timing, documentId, isTime });
  const settle = settling(patient.callTagged, upload, signal);
  const onSent = progressOf(upload, report);
  const run: PartsRun = { engine, upload, source, lane, active: 0, links, settle, onSent, signal };

  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    stop.abort(error);
  };
  try {
    for (const partNumber of missingParts(upload)) {
      const sizeBytes = sizeOfPart(upload, partNumber);
      const giveBack = await partsRoomFor(engine, source).acquire(sizeBytes, signal);
      const one: Promise<void> = sendPart(run, partNumber)
        .catch(fail)
        .finally(() => {
          giveBack();
          sending.delete(one);
          links.wake();
        });
      sending.add(one);
    }
  } catch (error) {
    fail(error);
  }
  await Promise.all(sending);
  if (failure !== undefined) throw failure.error;
}

/** What all parts together have sent. */
function progressOf(upload: PartsUpload, report: Report): PartsRun['onSent'] {
  const bytesOf = new Map<number, number>();
  let bytesDone = 0;
  for (const partNumber of upload.stored) bytesDone += sizeOfPart(upload, partNumber);
  report('uploading', bytesDone, false);
  return (partNumber, bytes, isSent = true) => {
    bytesDone += bytes - (bytesOf.get(partNumber) ?? 0);
    bytesOf.set(partNumber, bytes);
    report('uploading', bytesDone, isSent);
  };
}
