import type { Document } from '../../contract/schemas/document.ts';
import type { FormPost, SinglePut } from '../../contract/schemas/upload.ts';
import type { Tagged } from '../call.ts';
import { fromBase64, hexOf } from '../hash/base64.ts';
import { type HashedPart, heldSizeBytesMax } from '../hash/hash-range.ts';
import { putFile } from '../put-file.ts';
import { withRetry } from '../retry.ts';
import { isExpired, linkExpired } from '../storage-answer.ts';
import type { Transport } from '../transport/transport.ts';
import { isUsable, usableUntil } from './clock.ts';
import { endedWell } from './ended.ts';
import type { Engine } from './engine.ts';
import { createLane } from './queue.ts';
import type { UploadJob } from './upload-job.ts';

/** A file that was declared with permission for one PUT or one form, where there is anything to send. */
export interface SingleUpload {
  readonly put: SinglePut | FormPost | undefined;
  /** By the clock of this device, see `usableUntil`. */
  readonly usableUntil: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly seen: Tagged<Document>;
  /** An attempt may have stored it although no answer said so. */
  maybeStored: boolean;
  /** The storage said so. */
  isStored: boolean;
}

export interface SingleState {
  /** What it was declared as, by an earlier attempt. */
  declared: SingleUpload | undefined;
}

/** What is larger takes so long to send that a round trip more is nothing, and a form would be a copy of it. */
const formSizeBytesMax = 2 * 1024 ** 2;

/** Reads, hashes, declares and sends a file in one request. */
export async function sendSingle(
  engine: Engine,
  job: UploadJob,
  state: SingleState,
  signal: AbortSignal,
): Promise<Tagged<Document>> {
  const { sizeBytes } = job.source;
  const giveBack = await engine.room.smallFiles.acquire(sizeBytes <= heldSizeBytesMax ? sizeBytes : 0, signal);
  job.onActive();
  try {
    const hashed = state.declared === undefined ? await hashAll(engine, job, signal) : undefined;
    const sha256 = state.declared?.sha256 ?? hexOf(fromBase64(hashed?.checksum ?? '', 32));
    for (let round = 1; ; round += 1) {
      state.declared ??= await declare(engine, job, sha256, signal);
      job.options.onDocument?.(state.declared.seen.value);
      try {
        return await send(engine, job, state.declared, hashed, signal);
      } catch (error) {
        if (round > 1 || !isExpired(error)) throw error;
        // It waited too long for its turn. Where nothing came the record ends by itself, and another one begins.
        const { maybeStored, seen } = state.declared;
        const ended = maybeStored ? await endedWell(engine, seen, signal) : undefined;
        if (ended !== undefined) return ended;
        state.declared = undefined;
      }
    }
  } finally {
    giveBack();
  }
}

async function hashAll(engine: Engine, { source, report }: UploadJob, signal: AbortSignal): Promise<HashedPart> {
  report('hashing', 0);
  const hashed = await withRetry(engine, signal, async () => {
    const leave = await engine.room.reads.acquire(1, signal);
    try {
      return await engine.hasher.hash(source, 0, source.sizeBytes, 'SHA256', signal);
    } finally {
      leave();
    }
  });
  report('hashing', source.sizeBytes);
  signal.throwIfAborted();
  report('declaring', 0);
  return hashed;
}

/** Whether nothing will come of it any more: its bytes did not come in time. */
const isOver = ({ state }: Document): boolean => state === 'pending' || state === 'expired';

async function declare(
  engine: Engine,
  { file, source, options, description }: UploadJob,
  sha256: string,
  signal: AbortSignal,
): Promise<SingleUpload> {
  const { sizeBytes } = source;
  const isForm = engine.prefersForms && sizeBytes <= formSizeBytesMax;
  const body = { ...options.metadata, ...description, sizeBytes, sha256, ...(isForm && { transfer: 'form' as const }) };
  for (let round = 1; ; round += 1) {
    const askedAt = engine.timing.now();
    const { value, entityTag, headers } = await engine.declarer.declare(file, body, signal);
    const { document, upload } = value;
    const put = upload.kind === 'single-put' || upload.kind === 'form-post' ? upload : undefined;
    const seen = { value: document, entityTag };
    const until = put === undefined ? 0 : usableUntil(put.expiresAt, headers?.get('date'), askedAt);
    // A key of an earlier attempt may lead to a record that waits for bytes which may come no more.
    if (put === undefined && isOver(document) && round === 1) continue;
    return { put, usableUntil: until, sha256, seen, maybeStored: false, isStored: false };
  }
}

async function send(
  engine: Engine,
  { source, report }: UploadJob,
  upload: SingleUpload,
  hashed: HashedPart | undefined,
  signal: AbortSignal,
): Promise<Tagged<Document>> {
  const { put, seen } = upload;
  const { sizeBytes } = source;
  if (seen.value.state !== 'pending' || put === undefined || upload.isStored) return seen;
  report('uploading', 0);
  const isSmall = sizeBytes <= formSizeBytesMax;
  if (isSmall) engine.limiter.onSmall();
  const lane = createLane(isSmall ? 'small' : 'large');
  const inTurn: Transport = async (request) => {
    const leave = await engine.queue.enter(lane, signal);
    try {
      if (!isUsable(upload.usableUntil, engine.timing)) throw linkExpired();
      return await engine.transport(request);
    } finally {
      leave();
    }
  };
  const body = hashed?.bytes ?? source.slice?.(0, sizeBytes) ?? (await source.read(0, sizeBytes, signal));
  const onSent = (bytesDone: number) => report('uploading', Math.min(bytesDone, sizeBytes));
  const { maybeStored } = upload;
  const onMaybeStored = () => {
    upload.maybeStored = true;
  };
  await putFile({ ...engine, transport: inTurn }, { put, body, signal, maybeStored, onMaybeStored, onSent });
  upload.isStored = true;
  return seen;
}
