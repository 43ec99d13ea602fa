import * as z from 'zod/mini';
import { arn, emulated, noEffect, notRun, physicalName, type ResourceContext } from '../kind.ts';

const busName = physicalName('Name', 256);

/** AWS::Events::EventBus without a policy: only roles of its own account put events on it. */
export const eventsEventBus = emulated({
  ref: busName,
  attributes: { Arn: arn('events', (context) => `event-bus/${busName(context)}`), Name: busName },
  properties: z.strictObject({
    Name: z.string(),
    Description: noEffect,
    KmsKeyIdentifier: notRun('data lies in the data folder as it is'),
    Tags: noEffect,
  }),
});

const ruleName = physicalName('Name', 64);

/** The name of the bus of a rule, which a template may give by its ARN; undefined for the default bus. */
const customBusOf = ({ property }: ResourceContext): string | undefined => {
  const given = property('EventBusName');
  const name = typeof given === 'string' ? given.slice(given.lastIndexOf('/') + 1) : 'default';
  return name === 'default' ? undefined : name;
};

const qualified = (separator: string) => (context: ResourceContext) =>
  [customBusOf(context), ruleName(context)].filter((part) => part !== undefined).join(separator);

/**
 * AWS::Events::Rule of a pattern or a schedule. Targets get the event as it is: `Input`, `InputPath` and
 * `InputTransformer` stop the start, as do retry policies and dead-letter queues of targets.
 */
export const eventsRule = emulated({
  ref: qualified('|'),
  attributes: { Arn: arn('events', (context) => `rule/${qualified('/')(context)}`) },
  properties: z.strictObject({
    Name: z.optional(z.string()),
    Description: noEffect,
    EventBusName: z._default(z.string(), 'default'),
    EventPattern: z.optional(z.looseObject({})),
    ScheduleExpression: z.optional(z.string()),
    State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
    Targets: z._default(z.array(z.strictObject({ Id: z.string(), Arn: z.string() })).check(z.maxLength(5)), []),
    Tags: noEffect,
  }),
});
