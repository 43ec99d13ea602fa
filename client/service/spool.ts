import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transferLimits } from '../../contract/transfer-limits.ts';
import { FileError } from '../errors.ts';
import type { ReportContent } from './report.ts';

/** Content that can be sent any number of times, with its SHA-256 in hexadecimal. What is of a disk is read from it. */
export interface Spooled {
  readonly blob: Blob;
  readonly sha256: string;
  /** Removes the temporary file, where there is one. */
  remove(): Promise<void>;
}

/** What became of the report does not depend on it, but somebody has to know: the file holds the report. */
const warn = (cause: unknown): void =>
  process.emitWarning('The temporary file of a report could not be removed.', {
    code: 'SEALDROP_REPORT',
    detail: String(cause),
  });

const nothingToRemove = async (): Promise<void> => undefined;

/** Hashes what passes, and stops what no PUT could take before it fills the disk. */
const hashing = (hash: Hash): Transform => {
  let sizeBytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > transferLimits.singlePutSizeBytesMax)
        return done(new FileError('too-large', 'The report is larger than 5 GiB; make a smaller one.'));
      hash.update(chunk);
      done(null, chunk);
    },
  });
};

const unreadable = (cause: unknown): FileError =>
  cause instanceof FileError
    ? cause
    : new FileError('unreadable', 'The report cannot be read, or not be kept for sending; see the cause.', cause);

const hashFile = async (path: string | URL, signal: AbortSignal): Promise<Spooled> => {
  const hash = createHash('sha256');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(path), hashing(hash), nowhere, { signal });
  return { blob: await openAsBlob(path), sha256: hash.digest('hex'), remove: nothingToRemove };
};

/**
 * Into a file that only this user can read, in a folder of its own that only this user can enter. Nothing is awaited
 * before the stream is listened to: an error of it would otherwise end the process.
 */
const spoolStream = async (
  content: Exclude<ReportContent, Uint8Array | string | URL>,
  signal: AbortSignal,
): Promise<Spooled> => {
  const folder = mkdtempSync(join(tmpdir(), 'sealdrop-report-'));
  const remove = () => rm(folder, { recursive: true, force: true }).catch(warn);
  try {
    const path = join(folder, 'report');
    const hash = createHash('sha256');
    await pipeline(content, hashing(hash), createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
    return { blob: await openAsBlob(path), sha256: hash.digest('hex'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Reads content once, to its end. Throws a `FileError`, or the signal's reason. */
export const spool = async (content: ReportContent, signal: AbortSignal): Promise<Spooled> => {
  if (content instanceof Uint8Array) {
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { blob: new Blob([new Uint8Array(content)]), sha256, remove: nothingToRemove };
  }
  try {
    const isPath = typeof content === 'string' || content instanceof URL;
    return await (isPath ? hashFile(content, signal) : spoolStream(content, signal));
  } catch (cause) {
    signal.throwIfAborted();
    throw unreadable(cause);
  }
};
