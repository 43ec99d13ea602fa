import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventSource } from '../../../contract/events.ts';
import type { DomainEvents } from '../../ports.ts';

/** PutEvents answers 200 and tells per entry what it did not take. */
class EventNotTakenError extends Error {
  constructor(code: string | undefined) {
    super(`The event bus did not take an event: ${code ?? 'it did not say why'}.`);
    this.name = 'EventNotTakenError';
  }
}

/** Events on a bus of EventBridge: `detail-type` is `document.STATE`, `detail` the event as contract/events.ts has it. */
export const eventBridgeEvents = (client: EventBridgeClient, busName: string): DomainEvents => ({
  publish: async (event) => {
    const { Entries = [], FailedEntryCount = 0 } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: eventSource,
            DetailType: `document.${event.to}`,
            Detail: JSON.stringify(event),
            Time: new Date(event.at),
          },
        ],
      }),
    );
    if (FailedEntryCount > 0) throw new EventNotTakenError(Entries[0]?.ErrorCode);
  },
});
