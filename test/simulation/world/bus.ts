import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod/mini';
import { DomainEvent } from '../../../contract/events.ts';
import { NotImplemented } from './expressions.ts';

/** The bus of domain events: remembers what it took, and at times answers 200 without taking it. */
export class SimulatedBus {
  readonly #published: (event: DomainEvent) => void;
  readonly #refuses: () => boolean;

  constructor(published: (event: DomainEvent) => void, refuses: () => boolean) {
    this.#published = published;
    this.#refuses = refuses;
  }

  execute(command: object): unknown {
    if (!(command instanceof PutEventsCommand)) throw new NotImplemented(command.constructor.name);
    const entries = command.input.Entries ?? [];
    if (this.#refuses())
      return { FailedEntryCount: entries.length, Entries: entries.map(() => ({ ErrorCode: 'InternalFailure' })) };
    for (const { Detail = '' } of entries) this.#published(z.parse(DomainEvent, JSON.parse(Detail)));
    return { FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: String(index) })) };
  }
}
