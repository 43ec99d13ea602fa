import { NetworkError, type SealdropError, StorageError } from '../errors.ts';
import type { HashedPart } from '../hash/hash-range.ts';
import { isRetryable, withRetry } from '../retry.ts';
import { unreadable } from '../source.ts';
import { isDamaged, storageError } from '../storage-answer.ts';
import { isUsable } from './clock.ts';
import type { PartLink } from './links.ts';
import { isHeld, rangeOf, sizeOfPart } from './parts-upload.ts';
import type { PartsRun } from './send-parts.ts';

/** What one part has got so far. */
interface Part {
  readonly partNumber: number;
  hashed?: HashedPart | undefined;
  link?: PartLink | undefined;
  /** The storage refused its link, and it got another since. */
  isSignedAgain: boolean;
  /** How often it was given to a connection. */
  sendings: number;
  /** No use in trying again: whoever failed has tried for long enough. */
  isHopeless: boolean;
}

/**
 * Reads, hashes and sends one part until S3 has it, or says already that it has it. What went wrong on the way is sent
 * again; a link that is refused is signed again, once.
 */
export async function sendPart(run: PartsRun, partNumber: number): Promise<void> {
  const { engine, upload, source, onSent, signal } = run;
  const part: Part = { partNumber, isSignedAgain: false, sendings: 0, isHopeless: false };
  const isThere = () => isHeld(upload, partNumber, upload.checksums.get(partNumber));
  const settle = () => orHopeless(part, run.settle(partNumber));
  await withRetry(
    engine.patient,
    signal,
    async () => {
      // Where it was hashed before, that may be all.
      if (upload.checksums.has(partNumber)) await settle();
      if (isThere()) return;
      part.hashed ??= await hashPart(run, partNumber);
      // As late as can be: what is on the way to S3 has had time to arrive.
      await settle();
      if (isThere()) return;
      part.link ??= await linkFor(run, part, part.hashed.checksum);
      await sendOnce(run, part, part.hashed);
    },
    (error): error is SealdropError => isWorthIt(part, error),
  );
  const isSent = !isThere();
  // A connection that was given up may still read what it was given.
  if (part.sendings <= 1 && part.hashed?.bytes !== undefined) source.release?.(part.hashed.bytes);
  upload.stored.add(partNumber);
  onSent(partNumber, sizeOfPart(upload, partNumber), isSent);
}

async function hashPart({ engine, upload, source, signal }: PartsRun, partNumber: number): Promise<HashedPart> {
  const { start, end } = rangeOf(upload, partNumber);
  const leave = await engine.room.reads.acquire(1, signal);
  try {
    const hashed = await engine.hasher.hash(source, start, end, upload.plan.checksumAlgorithm, signal);
    // Read a second time: where it is another now, the file is no longer the one that began.
    if ((upload.checksums.get(partNumber) ?? hashed.checksum) !== hashed.checksum) throw unreadable();
    upload.checksums.set(partNumber, hashed.checksum);
    return hashed;
  } finally {
    leave();
  }
}

/** For what was tried for long enough where it fails. */
async function orHopeless<Value>(part: Part, tried: Promise<Value>): Promise<Value> {
  try {
    return await tried;
  } catch (error) {
    part.isHopeless = true;
    throw error;
  }
}

const linkFor = ({ links, signal }: PartsRun, part: Part, checksum: string, isUrgent = false): Promise<PartLink> =>
  orHopeless(part, links.get(part.partNumber, checksum, signal, isUrgent));

async function sendOnce(run: PartsRun, part: Part, { checksum, bytes }: HashedPart): Promise<void> {
  const { engine, source, lane, links, onSent, signal, upload } = run;
  const { start, end } = rangeOf(upload, part.partNumber);
  const { sendings } = part;
  let isAnswered = false;
  const leave = await engine.queue.enter(lane, signal);
  run.active += 1;
  try {
    links.wake();
    if (part.link === undefined || !isUsable(part.link.usableUntil, engine.timing))
      part.link = await linkFor(run, part, checksum, true);
    part.sendings += 1;
    const slice = bytes === undefined ? source.slice?.(start, end) : undefined;
    const request = {
      url: part.link.url,
      headers: part.link.headers,
      body: bytes ?? slice ?? (await source.read(start, end, signal)),
      signal,
      onSent: (bytesDone: number) => onSent(part.partNumber, Math.min(bytesDone, end - start)),
    };
    const answer = await engine.transport(request).catch(async (error: unknown) => {
      // A browser calls it a broken connection too where it cannot read what it is to send. Then this rejects.
      if (slice !== undefined && error instanceof NetworkError) await source.read(start, start + 1, signal);
      throw error;
    });
    isAnswered = true;
    if (answer.status < 200 || answer.status >= 300) throw storageError(answer, engine.timing.now());
  } finally {
    if (part.sendings > sendings && !isAnswered) upload.inDoubt.add(part.partNumber);
    run.active -= 1;
    leave();
    links.wake();
  }
}

/** What has to be had anew after a failure, and whether there is any use in it. */
function isWorthIt(part: Part, error: unknown): boolean {
  if (part.isHopeless) return false;
  if (error instanceof StorageError && (error.status === 403 || error.status === 404)) {
    const isFirst = !part.isSignedAgain;
    part.isSignedAgain = true;
    part.link = undefined;
    return isFirst;
  }
  part.isSignedAgain = false;
  if (!isDamaged(error)) return isRetryable(error);
  // What arrived is not what was hashed: it was damaged on the way, or the file changed since.
  part.hashed = undefined;
  part.link = undefined;
  return true;
}
