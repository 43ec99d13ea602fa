import type { Invocation } from '../functions/types.ts';
import type { Queues } from '../queues/queues.ts';
import { demandOfRule, type Judge } from '../roles/queue-calls.ts';
import type { Template } from '../template/template.ts';
import type { Targets } from './deliveries.ts';
import type { Place } from './event.ts';

export interface TargetsWorld {
  readonly queues: Queues;
  readonly invoke: (functionArn: string, event: unknown) => Promise<Invocation>;
  readonly judge: Judge;
}

/** The targets of a template's rules. The policy of a queue is asked for every event. */
export const targetsOf = (template: Template, place: Place, { queues, invoke, judge }: TargetsWorld): Targets => ({
  isQueue: (arn) => template.all('AWS::SQS::Queue').some(({ attribute }) => attribute('Arn') === arn),
  send: ({ ruleArn, targetArn, event }) => {
    demandOfRule({ ...place, arn: ruleArn }, targetArn, judge);
    queues.get(targetArn).send(event);
  },
  invoke,
});
