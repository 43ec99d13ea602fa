import type { Clock } from '../clock.ts';
import type { JsonObject } from '../template/json.ts';
import { type EventEnvelope, type EventFacts, envelopeOf } from './event.ts';
import { defaultBus, type EventsPlan } from './plan.ts';
import type { EventStore } from './store.ts';

export interface Buses {
  has(name: string): boolean;
  /** On its way to the targets of every rule that it fits, durably, when this returns. */
  put(busName: string, facts: EventFacts): EventEnvelope;
  /** An event of an AWS service, on the default bus, at this moment of the clock. */
  putServiceEvent(source: string, detailType: string, detail: JsonObject, resources: readonly string[]): void;
}

export interface BusWorld {
  readonly clock: Clock;
  /** Hears of every event on a bus of the template. */
  readonly told: (event: EventEnvelope) => void;
  /** Called when something was added to the store. */
  readonly added: () => void;
}

export const createBuses = (plan: EventsPlan, store: EventStore, { clock, told, added }: BusWorld): Buses => {
  const put: Buses['put'] = (busName, facts) => {
    const event = envelopeOf(facts, plan);
    const text = JSON.stringify(event);
    const rules = plan.rules.filter((rule) => rule.busName === busName && rule.matches?.(event));
    const deliveries = rules.flatMap(({ arn: ruleArn, targetArns }) =>
      targetArns.map((targetArn) => ({ ruleArn, targetArn, event: text })),
    );
    store.add(deliveries, clock.now());
    if (busName !== defaultBus) told(event);
    added();
    return event;
  };
  return {
    has: (name) => name === defaultBus || plan.busNames.includes(name),
    put,
    putServiceEvent: (source, detailType, detail, resources) =>
      void put(defaultBus, { source, detailType, detail, resources, time: clock.now() }),
  };
};
