import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueName } from '../../../contract/queues.ts';
import type { Random } from '../random.ts';
import type { WorldClock } from './clock.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  receiveCount: number;
  isVisible: boolean;
}

export interface QueueSettings {
  readonly name: QueueName;
  readonly clock: WorldClock;
  readonly random: Random;
  readonly visibilitySeconds: number;
  /** Gives a batch to the function; `ended` hears of the ids that failed, or of undefined where it died. */
  readonly deliver: (event: SQSEvent, ended: (failedIds: readonly string[] | undefined) => void) => void;
}

export const receiveCountMax = 5;
const batchSizeMax = 10;

/** A standard queue with its dead letters, and what polls it: at least once, in any order, in batches. */
export class SimulatedQueue {
  readonly #settings: QueueSettings;
  #messages: Message[] = [];
  #sent = 0;
  deadLetters: string[] = [];
  /** The bodies of all that was ever sent. */
  readonly bodies: string[] = [];

  constructor(settings: QueueSettings) {
    this.#settings = settings;
  }

  send(body: string): void {
    this.bodies.push(body);
    const { name } = this.#settings;
    this.#messages.push({ id: `${name}-${++this.#sent}`, body, receiveCount: 0, isVisible: true });
    this.#pollSoon();
  }

  /** StartMessageMoveTask: what is moved is a new message with a new id (SQS developer guide). */
  redrive(): void {
    const bodies = this.deadLetters;
    this.deadLetters = [];
    for (const body of bodies) this.send(body);
  }

  #pollSoon(): void {
    const { clock, random } = this.#settings;
    clock.after(random.int(1, 50), () => this.#poll());
  }

  #poll(): void {
    const { clock, random, visibilitySeconds, deliver } = this.#settings;
    const batch: Message[] = [];
    for (const message of this.#messages.filter(({ isVisible }) => isVisible)) {
      if (batch.length === batchSizeMax) break;
      if (message.receiveCount === receiveCountMax) {
        this.#remove([message.id]);
        this.deadLetters.push(message.body);
      } else if (batch.length === 0 || random.chance(0.5)) batch.push(message);
    }
    if (batch.length === 0) return;
    for (const message of batch) {
      message.receiveCount += 1;
      message.isVisible = false;
    }
    clock.after(visibilitySeconds * 1000, () => {
      for (const message of batch) message.isVisible = true;
      this.#poll();
    });
    deliver({ Records: batch.map((message) => recordOf(message)) }, (failedIds) => {
      if (failedIds === undefined) return;
      this.#remove(batch.map(({ id }) => id).filter((id) => !failedIds.includes(id)));
    });
    if (this.#messages.some(({ isVisible }) => isVisible)) this.#pollSoon();
  }

  #remove(ids: readonly string[]): void {
    this.#messages = this.#messages.filter(({ id }) => !ids.includes(id));
  }
}

/** Only what the functions read. */
const recordOf = ({ id, body }: Message): SQSRecord => ({ messageId: id, body }) as SQSRecord;
