import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { QueueName } from '../../../contract/queues.ts';
import { dueIndex } from '../../../contract/storage.ts';
import { calm, type Plan } from '../plan.ts';
import { type Random, randomOf } from '../random.ts';
import { bucketName, startAt } from '../settings.ts';
import type { Trace } from '../trace.ts';
import { SimulatedBus } from './bus.ts';
import { Calls } from './calls.ts';
import { WorldClock } from './clock.ts';
import { queueOf } from './consumers.ts';
import { SimulatedTable } from './dynamodb.ts';
import { createdEvent, scanResultEvent } from './events.ts';
import type { SimulatedQueue } from './queues.ts';
import { type PutRequest, SimulatedBucket, type StoredVersion } from './s3.ts';
import { executeOnS3 } from './s3-commands.ts';
import { isBad, SimulatedScanner } from './scanner.ts';
import type { Witness } from './witness.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** Everything outside our code, put together for one schedule. */
export class World {
  readonly plan: Plan;
  readonly random: Random;
  readonly clock = new WorldClock(startAt);
  readonly trace: Trace;
  readonly calls: Calls;
  readonly table: SimulatedTable;
  readonly bucket: SimulatedBucket;
  readonly scanner: SimulatedScanner;
  readonly queues: Readonly<Record<QueueName, SimulatedQueue>>;
  readonly witness: Witness;
  /** Versions of which a bad verdict is in the queue, or was. */
  readonly badVerdictsTold = new Set<string>();
  readonly onTable: (command: object) => unknown;
  readonly onBucket: (command: object) => unknown;
  readonly onBus: (command: object) => unknown;
  readonly onScanner: (command: object) => unknown;
  #ids = 0;

  constructor(plan: Plan, witness: Witness, trace: Trace) {
    const random = randomOf(plan.seed + 0x5eed);
    const { clock } = this;
    const now = () => clock.now;
    this.plan = plan;
    this.random = random;
    this.witness = witness;
    this.trace = trace;
    this.calls = new Calls({
      clock,
      random,
      faults: () => (this.isQuiet ? calm : plan.faults),
      trace: (what, invocation, detail) => trace.add(clock.now, what, invocation, detail),
      violated: (what) => witness.violated(what),
    });
    this.table = new SimulatedTable({
      now,
      pageSize: plan.pageSize,
      indexLag: () => random.int(0, plan.indexLagMax),
      written: (before, after) => witness.recordWritten(before, after),
    });
    this.bucket = new SimulatedBucket(plan.hostility, now);
    this.scanner = new SimulatedScanner({
      clock,
      random,
      bucket: this.bucket,
      failures: () => (this.isQuiet ? 0 : plan.scanFailures),
      tell: (version, verdict) => {
        const isTold = this.#tell('scan-results', scanResultEvent(bucketName, version, verdict));
        if (isTold && isBad(verdict)) this.badVerdictsTold.add(version.versionId);
      },
      tagged: ({ key }) => witness.objectChanged(key),
    });
    const bus = new SimulatedBus(
      (event) => witness.published(event),
      () => !this.isQuiet && random.chance(plan.faults.error / 4),
    );
    this.queues = { uploads: queueOf(this, 'uploads'), 'scan-results': queueOf(this, 'scan-results') };
    this.onTable = (command) => this.table.execute(command);
    this.onBucket = (command) => {
      const answer = executeOnS3(this.bucket, command, plan.pageSize);
      const key = String((command as { input: { Key?: string } }).input.Key ?? '');
      if (command instanceof CompleteMultipartUploadCommand) this.#created(this.bucket.versions(key)[0]);
      witness.objectChanged(key);
      return answer;
    };
    this.onBus = (command) => bus.execute(command);
    this.onScanner = (command) => this.scanner.execute(command);
  }

  /** Nothing goes wrong any more. */
  get isQuiet(): boolean {
    return this.clock.now >= startAt + this.plan.quietAfter;
  }

  get hasDeadLetters(): boolean {
    return Object.values(this.queues).some(({ deadLetters }) => deadLetters.length > 0);
  }

  /** A UUIDv7 of this moment by that clock, its random part drawn from the seed. */
  newDocumentId(skew: number): string {
    const time = (this.clock.now + skew).toString(16).padStart(12, '0');
    const digits = `${(++this.#ids).toString(16).padStart(8, '0')}${this.random.int(0, 0xffff_ffff).toString(16).padStart(8, '0')}`;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(4)}`;
  }

  /** Fifteen of sixteen queries of a sweep ask for a shard that holds nothing: answered at once, to save the time. */
  asksEmptyShard(command: object): boolean {
    if (!(command instanceof QueryCommand) || command.input.IndexName !== dueIndex.indexName) return false;
    return this.table.isShardEmpty(String(command.input.ExpressionAttributeValues?.[':shard']));
  }

  /** The end of a PUT: what S3 answers, and what it tells the queue and the scanner where it took the bytes. */
  put(request: PutRequest): number {
    const version = this.bucket.put(request);
    this.trace.note(
      this.clock.now,
      `PUT ${request.content.name} → ${typeof version === 'number' ? version : version.versionId}`,
    );
    if (typeof version === 'number') return version;
    this.#created(version);
    return 200;
  }

  /** What S3 tells the queue and the scanner of an object that is there now. */
  #created(version: StoredVersion | undefined): void {
    if (version === undefined) throw new Error('S3 made an object that is not there.');
    this.witness.uploaded(version.key);
    this.#tell('uploads', createdEvent(version));
    if (this.plan.isScanned) this.#scan(version);
  }

  #scan(version: StoredVersion): void {
    const { random, plan, scanner } = this;
    const later = random.pick([5 * second, 5 * minute, 90 * minute, 3 * hour]) * random.next();
    scanner.scan(version, random.chance(plan.laterVerdicts) ? later : undefined);
  }

  /** Events are lost, doubled and late, each for itself. Answers whether one at least comes. */
  #tell(queue: QueueName, body: string): boolean {
    const { random, plan, clock, isQuiet } = this;
    const copies = random.chance(plan.eventDuplicates) ? 2 : 1;
    let isTold = false;
    for (let copy = 0; copy < copies; copy += 1) {
      if (plan.hostility.silenced.includes(queue) || random.chance(isQuiet ? 0 : plan.eventLoss)) continue;
      const delay = random.chance(0.3) ? random.int(0, plan.eventDelayMax) : random.int(20, 500);
      clock.after(delay, () => this.queues[queue].send(body));
      isTold = true;
    }
    return isTold;
  }

  /** Whether these bytes were ever found clean. */
  wasFoundClean({ versionId }: StoredVersion): boolean {
    return this.scanner.verdicts.get(versionId)?.includes('NO_THREATS_FOUND') ?? false;
  }
}
