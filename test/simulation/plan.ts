import type { FunctionName } from '../../contract/functions.ts';
import type { QueueName } from '../../contract/queues.ts';
import { type Random, randomOf } from './random.ts';
import { hasRetentionOf, retentionDays } from './settings.ts';
import type { S3Guards } from './world/s3.ts';

/** Which guards outside our code are on, so that those inside are seen to hold by themselves. */
export interface Hostility extends S3Guards {
  /** How often a person sends other bytes than declared, or sends twice. */
  readonly mischief: number;
  /** Whether functions die and calls fail; where not, some are only slow. */
  readonly isFaulty: boolean;
  readonly hasScanner: boolean;
  /** How often two windows delete and restore one document at the same time. */
  readonly quarrels: number;
  /** Queues that not one message ever reaches. Nothing else goes wrong then, so that deadlines can be held to the minute. */
  readonly silenced: readonly QueueName[];
}

export const honest: Hostility = {
  ifNoneMatch: true,
  signedFacts: true,
  mischief: 0.2,
  isFaulty: true,
  hasScanner: true,
  quarrels: 0.1,
  silenced: [],
};

/** How often each thing goes wrong at one call, 0 to 1. */
export interface FaultRates {
  readonly crash: number;
  readonly error: number;
  readonly retry: number;
  readonly slow: number;
  /** Milliseconds; longer than a function may run where functions die. */
  readonly slowMax: number;
}

/** What one schedule is like, drawn from its seed before anything happens. Times in milliseconds. */
export interface Plan {
  readonly seed: number;
  readonly hostility: Hostility;
  readonly documents: number;
  readonly isScanned: boolean;
  readonly faults: FaultRates;
  readonly eventLoss: number;
  readonly eventDuplicates: number;
  readonly eventDelayMax: number;
  readonly scanFailures: number;
  readonly laterVerdicts: number;
  readonly indexLagMax: number;
  readonly pageSize: number;
  readonly skewOf: Readonly<Record<FunctionName, number>>;
  /** From here on nothing goes wrong any more, counted from the start. */
  readonly quietAfter: number;
  /** Whether time passes until what was deleted is purged, and the rules of the bucket have run. */
  readonly outlivesRetention: boolean;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const skewMax = 15 * minute;

const faultsOf = (random: Random): FaultRates => ({
  crash: random.pick([0, 0, 0.01, 0.03, 0.1]),
  error: random.pick([0, 0, 0.02, 0.1, 0.3]),
  retry: random.pick([0, 0, 0.03, 0.15]),
  slow: random.pick([0, 0.02, 0.1, 0.3]),
  slowMax: random.pick([2000, 20_000]),
});

export const calm: FaultRates = { crash: 0, error: 0, retry: 0, slow: 0, slowMax: 0 };

const faultsIn = (random: Random, { isFaulty }: Hostility): FaultRates => {
  const faults = random.chance(0.2) ? calm : faultsOf(random);
  return isFaulty ? faults : { ...calm, slow: faults.slow, slowMax: 400 };
};

const skewsOf = (random: Random): Plan['skewOf'] => {
  const spread = random.pick([0, 0, second, minute, skewMax]);
  const skew = () => random.pick([-spread, spread, random.int(-spread, spread)]);
  const names: readonly FunctionName[] = [
    'request-upload',
    'record-upload',
    'apply-scan-result',
    'sweep',
    'update-document',
    'delete-document',
    'restore-document',
    'issue-download',
  ];
  return Object.fromEntries(names.map((name) => [name, skew()])) as Plan['skewOf'];
};

/** Quiet from the start, but for what is silenced: all clocks agree, and the index is seconds behind. */
const undisturbed = (plan: Plan): Plan => ({
  ...plan,
  quietAfter: 0,
  indexLagMax: Math.min(plan.indexLagMax, 5 * second),
  skewOf: Object.fromEntries(Object.keys(plan.skewOf).map((name) => [name, 0])) as Plan['skewOf'],
});

export const planOf = (seed: number, hostility: Hostility = honest): Plan => {
  const plan = drawPlan(seed, hostility);
  if (hostility.silenced.length > 0) return undisturbed(plan);
  return hasRetentionOf(plan) ? outlivingRetention(plan) : plan;
};

/** What lapses after a day has to lapse while things go wrong, too. */
const outlivingRetention = (plan: Plan): Plan =>
  plan.seed % 2 === 0 ? plan : { ...plan, quietAfter: Math.max(plan.quietAfter, retentionDays * day + 2 * hour) };

const drawPlan = (seed: number, hostility: Hostility): Plan => {
  const random = randomOf(seed);
  const outlivesRetention = random.chance(0.3);
  const isScannerDown = random.chance(0.01);
  return {
    seed,
    hostility,
    documents: random.pick([1, 1, 1, 2, 3]),
    isScanned: random.chance(0.6) && hostility.hasScanner,
    faults: faultsIn(random, hostility),
    // Of a second version of a key, which S3's own guard lets nobody write, only its event tells.
    eventLoss: hostility.ifNoneMatch ? random.pick([0, 0, 0.1, 0.5, 1, random.next()]) : 0,
    eventDuplicates: random.pick([0, 0.1, 0.5]),
    eventDelayMax: random.pick([second, minute, hour, 6 * hour]),
    scanFailures: isScannerDown ? 1 : random.pick([0, 0, 0.2, 0.6]),
    laterVerdicts: random.pick([0, 0.4]),
    indexLagMax: random.pick([0, 50, 5 * second, 5 * minute]),
    pageSize: random.pick([1, 2, 100]),
    skewOf: skewsOf(random),
    quietAfter: isScannerDown
      ? 4 * day
      : random.pick([10 * minute, 2 * hour, 5 * hour, outlivesRetention ? 92 * day : 3 * hour]),
    outlivesRetention: outlivesRetention || isScannerDown,
  };
};
