import { SendObjectMalwareScanCommand } from '@aws-sdk/client-guardduty';
import { objectStateTagKey, type ScanVerdict, scanTagKey } from '../../../contract/states.ts';
import type { Random } from '../random.ts';
import type { WorldClock } from './clock.ts';
import { NotImplemented } from './expressions.ts';
import type { SimulatedBucket, StoredVersion } from './s3.ts';
import { s3Error } from './s3-commands.ts';

/** Says that nobody may ever read the bytes; FAILED and ACCESS_DENIED say nothing. */
export const isBad = (verdict: ScanVerdict): boolean => verdict === 'THREATS_FOUND' || verdict === 'UNSUPPORTED';

export interface ScannerSettings {
  readonly clock: WorldClock;
  readonly random: Random;
  readonly bucket: SimulatedBucket;
  /** How often a scan fails at this time. */
  readonly failures: () => number;
  /** Sends the result as an event; what becomes of it is the world's affair. */
  readonly tell: (version: StoredVersion, verdict: ScanVerdict) => void;
  readonly tagged: (version: StoredVersion) => void;
}

/**
 * Scans what was uploaded, and again on request. Writes its verdict as a tag beside the others, for which it has to
 * read them first and write all of them, and sends an event: the tag comes first or the event does.
 */
export class SimulatedScanner {
  readonly #settings: ScannerSettings;
  /** Every verdict it ever came to, by version. */
  readonly verdicts = new Map<string, ScanVerdict[]>();
  /** Since when a bad verdict stands on a version. */
  readonly badTagSince = new Map<string, number>();
  readonly #learned = new Set<string>();

  constructor(settings: ScannerSettings) {
    this.#settings = settings;
  }

  execute(command: object): unknown {
    if (!(command instanceof SendObjectMalwareScanCommand)) throw new NotImplemented(command.constructor.name);
    const { Key = '', VersionId } = command.input.S3Object ?? {};
    const version = this.#settings.bucket.version(Key, VersionId);
    if (version?.content === undefined) throw s3Error('BadRequestException', 400);
    this.scan(version);
    return {};
  }

  /** Scans it, and once more, `later` milliseconds after, when it knows a threat that it did not know before. */
  scan(version: StoredVersion, later?: number): void {
    const { clock, random, failures } = this.#settings;
    clock.after(random.pick([200, 20_000, 200_000]) * random.next(), () => {
      this.#conclude(version, random.chance(failures()));
      if (later === undefined) return;
      clock.after(later, () => {
        this.#learned.add(version.versionId);
        this.#conclude(version, false);
      });
    });
  }

  #verdictOn({ versionId, content }: StoredVersion): ScanVerdict {
    return this.#learned.has(versionId) ? 'THREATS_FOUND' : (content?.verdict ?? 'FAILED');
  }

  #conclude(version: StoredVersion, isFailed: boolean): void {
    const { clock, random, tell } = this.#settings;
    const verdict = isFailed ? random.pick<ScanVerdict>(['FAILED', 'ACCESS_DENIED']) : this.#verdictOn(version);
    this.verdicts.set(version.versionId, [...(this.verdicts.get(version.versionId) ?? []), verdict]);
    const steps = [() => this.#tag(version, verdict), () => tell(version, verdict)];
    if (random.chance(0.5)) steps.reverse();
    for (const [index, step] of steps.entries())
      clock.after(index * random.pick([1, 50, 800, 5000]) * random.next(), step);
  }

  #tag(version: StoredVersion, verdict: ScanVerdict): void {
    const { clock, random, bucket, tagged } = this.#settings;
    const read = version.tags;
    clock.after(random.int(1, 20), () => {
      if (bucket.version(version.key, version.versionId) === undefined) return;
      // The tag of an older result never replaces that of a newer one.
      if (this.verdicts.get(version.versionId)?.at(-1) !== verdict) return;
      // The bucket policy keeps it from changing the state with tags that it read before: S3 refuses, it tries again.
      if (read.get(objectStateTagKey) !== version.tags.get(objectStateTagKey)) return this.#tag(version, verdict);
      version.tags = new Map([...read, [scanTagKey, verdict]]);
      if (!isBad(verdict)) this.badTagSince.delete(version.versionId);
      else if (!this.badTagSince.has(version.versionId)) this.badTagSince.set(version.versionId, clock.now);
      tagged(version);
    });
  }
}
