import type { Access } from '../aws-json/access.ts';
import { systemClock } from '../clock.ts';
import type { LocalEventBridge } from '../events/server.ts';
import type { ReportFault } from '../fault-log.ts';
import { roleNameIn } from '../functions/plan.ts';
import type { Queue } from '../queues/queue.ts';
import { type Sessions, scannerSession } from '../roles/sessions.ts';
import type { LocalS3Options } from '../s3/configuration.ts';
import { isForEventBridge } from '../s3/events/event-bridge.ts';
import { TemplateError } from '../template/errors.ts';
import { startMalwareProtection } from './malware-protection.ts';
import type { PlanConfig } from './plan.ts';
import { takeNewObject } from './scan-request.ts';
import { startLocalGuardDuty } from './server.ts';

export interface GuardDutyOptions {
  readonly access: Access;
  readonly plans: readonly PlanConfig[];
  /** Where scans wait. */
  readonly queue: Queue;
  readonly s3Origin: string;
  readonly credentialsOf: Sessions['credentialsOf'];
  readonly putServiceEvent: LocalEventBridge['putServiceEvent'];
  readonly report: ReportFault;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

export interface GuardDuty {
  /** Of its API; absent where no plan protects anything. */
  readonly origin: string | undefined;
  /** Looks at what waits again; needed after an injected clock was moved. */
  wake(): void;
}

/** Gives what S3 tells EventBridge to the scanner, and all else to `deliver`. */
export const scanningNewObjects =
  (
    { plans, queue }: Pick<GuardDutyOptions, 'plans' | 'queue'>,
    deliver: LocalS3Options['deliver'],
  ): LocalS3Options['deliver'] =>
  async (message) =>
    isForEventBridge(message.queueArn) ? takeNewObject(plans, queue, message.body) : deliver(message);

/** Scans what the plans protect, by itself and on demand. Nothing runs where there is no plan. */
export const startGuardDuty = async (options: GuardDutyOptions): Promise<GuardDuty> => {
  const { access, plans, queue, cleanup } = options;
  if (plans.length === 0) return { origin: undefined, wake: () => undefined };
  const scans = startMalwareProtection({
    ...options,
    region: access.region,
    clock: access.clock ?? systemClock,
    publish: ({ source, detailType, detail, resources }) =>
      options.putServiceEvent(source, detailType, detail, resources),
    credentialsOf: ({ arn, roleArn }) => {
      const credentials = options.credentialsOf(roleNameIn(roleArn), scannerSession);
      if (credentials === undefined) throw new TemplateError(`The role ${roleArn} of ${arn} is not in the template.`);
      return credentials;
    },
  });
  cleanup.defer(() => scans.close());
  const server = await startLocalGuardDuty({ ...access, plans, queue });
  cleanup.defer(() => server.close());
  return { origin: server.origin, wake: scans.wake };
};
