import { transferLimits } from '../../contract/transfer-limits.ts';
import type { CallResult, CallTagged, Tagged } from '../call.ts';
import type { Timing } from '../timing.ts';
import { usableUntil } from './clock.ts';
import { onceAborted } from './signals.ts';

/** A signed PUT of one part. */
export interface PartLink {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** By the clock of this device, see `usableUntil`. */
  readonly usableUntil: number;
}

/** The signed PUTs of the parts of one upload. */
export interface Links {
  /**
   * Resolves with a new link for a part with that checksum. Rejects with the signal's reason. `isUrgent`: a connection
   * waits for it, so it is not kept for others.
   */
  get(partNumber: number, checksum: string, signal: AbortSignal, isUrgent?: boolean): Promise<PartLink>;
  /** There may be need of more now. */
  wake(): void;
}

export interface LinksContext {
  readonly callTagged: CallTagged;
  readonly timing: Timing;
  readonly documentId: string;
  /** Whether it is time to have those that want links signed, so many of them, rather than with more of them later. */
  readonly isTime: (wanted: number) => boolean;
}

interface Wanted {
  readonly partNumber: number;
  readonly checksum: string;
  readonly signal: AbortSignal;
  readonly isUrgent: boolean;
  readonly resolve: (link: PartLink) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Parts are signed many at a time, while those that are signed already are sent: those that are hashed while a request
 * is under way, or while there are links enough, wait for the next one.
 */
export function createLinks({ callTagged, timing, documentId, isTime }: LinksContext): Links {
  let wanted: Wanted[] = [];
  let isBusy = false;

  const isTimeNow = () => wanted.length > 0 && (isTime(wanted.length) || wanted.some(({ isUrgent }) => isUrgent));
  const wake = async () => {
    if (isBusy) return;
    isBusy = true;
    while (isTimeNow()) await sign(wanted.splice(0, transferLimits.partsMax));
    isBusy = false;
  };
  const sign = async (asked: readonly Wanted[]) => {
    const askedAt = timing.now();
    const parts = asked.map(({ partNumber, checksum }) => ({ partNumber, checksum }));
    // All of one upload stop together.
    const signal = asked[0]?.signal;
    try {
      const answer = await callTagged('signParts', { params: { documentId }, body: { parts }, signal });
      for (const [index, one] of asked.entries()) one.resolve(linkOf(answer, one, index, askedAt));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };

  return {
    wake: () => void wake(),
    get: (partNumber, checksum, signal, isUrgent = false) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const forget = onceAborted(signal, () => {
          wanted = wanted.filter((other) => other !== one);
          reject(signal.reason);
        });
        const settled =
          <Value>(settle: (value: Value) => void) =>
          (value: Value) => {
            forget();
            settle(value);
          };
        const one = { partNumber, checksum, signal, isUrgent, resolve: settled(resolve), reject: settled(reject) };
        wanted.push(one);
        void wake();
      }),
  };
}

/** Whatever the signature is, `replace` with a function takes it as it is. */
function linkOf(
  { value, headers }: Tagged<CallResult<'signParts'>>,
  { partNumber, checksum }: Wanted,
  index: number,
  askedAt: number,
): PartLink {
  const url = value.urlTemplate
    .replace('{partNumber}', String(partNumber))
    .replace('{signature}', () => value.signatures[index] ?? '');
  return {
    url,
    headers: { ...value.headers, ...(value.checksumHeader !== undefined && { [value.checksumHeader]: checksum }) },
    usableUntil: usableUntil(value.expiresAt, headers?.get('date'), askedAt),
  };
}
