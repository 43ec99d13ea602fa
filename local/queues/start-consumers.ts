import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { FoundFunction } from '../functions/functions.ts';
import { demandOfPoller, type Judge } from '../roles/queue-calls.ts';
import type { Template } from '../template/template.ts';
import { type Consumer, startConsumer } from './consumer.ts';
import { guardQueue } from './guarded-queue.ts';
import { planConsumers } from './plan.ts';
import type { Queues } from './queues.ts';

export interface ConsumersWorld {
  readonly queues: Queues;
  readonly find: (functionName: string) => FoundFunction;
  readonly judge: Judge;
  readonly clock: Clock;
  readonly report: ReportFault;
}

/** One consumer for each event source mapping of the template, with the rights of its function. */
export const startConsumers = (
  template: Template,
  { queues, find, judge, clock, report }: ConsumersWorld,
): readonly Consumer[] =>
  planConsumers(template).map((plan) => {
    const { resource, lambda } = find(plan.functionName);
    const queue = guardQueue(queues.get(plan.queueArn), (action) =>
      demandOfPoller(resource, plan.queueArn, action, judge),
    );
    return startConsumer(plan, queue, (event) => lambda.invoke(event), clock, report);
  });
