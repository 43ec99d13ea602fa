import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type Clock, systemClock } from '../../../../local/clock.ts';
import { startMalwareProtection } from '../../../../local/guardduty/malware-protection.ts';
import type { PlanConfig } from '../../../../local/guardduty/plan.ts';
import { type ScanRequest, scanQueue, takeNewObject } from '../../../../local/guardduty/scan-request.ts';
import type { ServiceEvent } from '../../../../local/guardduty/scan-result.ts';
import type { AccessRequest } from '../../../../local/iam/types.ts';
import type { Consumer } from '../../../../local/queues/consumer.ts';
import { openQueues } from '../../../../local/queues/queues.ts';
import { roleCredentials } from '../../../../local/roles/credentials.ts';
import type { LocalS3Options } from '../../../../local/s3/configuration.ts';
import { shiftedClock } from '../../../support/clock.ts';
import { bucketName, credentials, principal, region, startTestS3, versioned } from '../../s3/support/server.ts';

export const Bucket = bucketName;

interface Settings {
  /** What the scanner's role may not do. */
  readonly denied?: readonly string[];
  readonly eventBridge?: boolean;
  /** Whether scans are done, or wait. */
  readonly isScanning?: boolean;
  /** Whether the scanner finds no S3 where it looks for it. */
  readonly isBroken?: boolean;
}

const account = principal.accountId;

export const planConfig: PlanConfig = {
  arn: `arn:aws:guardduty:${region}:${account}:malware-protection-plan/plan`,
  bucketName,
  prefixes: ['documents/'],
  roleArn: `arn:aws:iam::${account}:role/scanner`,
  tags: true,
};

const scanner = roleCredentials('secret', { name: 'scanner', account }, 'GuardDutyMalwareProtection');

/** The queue in which scans wait, in a folder of its own. */
export function waitingScans(clock: Clock = systemClock) {
  const folder = mkdtempSync(join(tmpdir(), 'sealdrop-scans-'));
  const config = scanQueue({ account, region });
  const queues = openQueues([config], join(folder, 'queues.sqlite'), clock);
  return {
    queue: queues.get(config.arn),
    close: () => {
      queues.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An S3 with one protected bucket, and the scanner behind it. */
export async function startProtectedS3(settings: Settings = {}) {
  const clock = shiftedClock();
  const waiting = waitingScans(clock);
  const { queue } = waiting;
  const asked: AccessRequest[] = [];
  const events: ServiceEvent[] = [];
  const faults: string[] = [];
  let { denied = [], eventBridge = true, isScanning = true, isBroken = false } = settings;

  const options = (): Partial<LocalS3Options> => ({
    buckets: [{ ...versioned, eventBridge }],
    credentials: (id) => {
      if (id === scanner.accessKeyId) return scanner;
      return id === credentials.accessKeyId ? { ...credentials, principal } : undefined;
    },
    authorize: (request) => {
      asked.push(request);
      const isScanner = request.principal.arn === scanner.principal.arn;
      return isScanner && denied.includes(request.action)
        ? { allowed: false, reason: 'implicit-deny' }
        : { allowed: true };
    },
    deliver: async ({ body }) => takeNewObject([planConfig], queue, body),
    report: () => undefined,
  });
  const s3 = await startTestS3(options());
  let scans: Consumer | undefined;
  const startScans = () => {
    if (!isScanning) return;
    scans = startMalwareProtection({
      plans: [planConfig],
      region,
      queue,
      s3Origin: isBroken ? 'http://127.0.0.1:1' : s3.origin,
      credentialsOf: () => scanner,
      publish: (event) => void events.push(event),
      clock,
      report: (what) => void faults.push(what),
    });
  };
  startScans();
  return {
    s3,
    plan: planConfig,
    queue,
    clock,
    events,
    faults,
    request: (request: ScanRequest) => queue.send(JSON.stringify(request)),
    /** What S3 was asked on behalf of the scanner. */
    askedOfScanner: () => asked.flatMap((r) => (r.principal.arn === scanner.principal.arn ? [r.action] : [])),
    /** The first event. */
    told: async (): Promise<ServiceEvent> => {
      await vi.waitUntil(() => events.length > 0, { timeout: 5000, interval: 5 });
      return events[0] as ServiceEvent;
    },
    verdictOf: ({ detail }: ServiceEvent): [versionId: string, verdict: string] => {
      const { s3ObjectDetails, scanResultDetails } = detail as Record<string, Record<string, string>>;
      return [s3ObjectDetails?.versionId ?? '', scanResultDetails?.scanResultStatus ?? ''];
    },
    /** As if the visibility timeout of what failed were over. */
    passTimeout: () => {
      clock.advance(60_000);
      scans?.wake();
    },
    restart: async (more: Settings) => {
      ({ denied = denied, eventBridge = eventBridge, isScanning = isScanning, isBroken = isBroken } = more);
      await scans?.close();
      await s3.restart(options());
      startScans();
    },
    [Symbol.asyncDispose]: async () => {
      await scans?.close();
      await s3[Symbol.asyncDispose]();
      waiting.close();
    },
  };
}
