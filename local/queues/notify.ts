import type { ReportFault } from '../fault-log.ts';
import { notifyingBucket } from '../roles/notifications.ts';
import { demandOfNotification, type Judge } from '../roles/queue-calls.ts';
import type { LocalS3Options } from '../s3/configuration.ts';
import type { Template } from '../template/template.ts';
import type { Queues } from './queues.ts';

export interface NotifyWorld {
  readonly queues: Queues;
  readonly judge: Judge;
  readonly report: ReportFault;
}

/** Puts the events of S3 into their queues. The policy of a queue is asked for every event. */
export const notifyQueues =
  (template: Template, { queues, judge, report }: NotifyWorld): LocalS3Options['deliver'] =>
  async ({ queueArn, body }) => {
    try {
      demandOfNotification(notifyingBucket(template, body), queueArn, judge);
      queues.get(queueArn).send(body);
    } catch (cause) {
      report(`An event of S3 could not be put into ${queueArn}; it is tried again`, cause);
      throw cause;
    }
  };
