import { EventEmitter } from 'node:events';
import type { Clock } from '../clock.ts';
import { createQueue, type Queue, type QueueConfig, releaseHeld } from './queue.ts';
import { openMessageStore } from './store.ts';

export interface Queues {
  /** Throws for a queue that is not in the template. */
  get(arn: string): Queue;
  close(): void;
}

/** All queues, kept in one file; messages survive a restart. */
export const openQueues = (configs: readonly QueueConfig[], file: string, clock: Clock): Queues => {
  const database = openMessageStore(file);
  releaseHeld(database, clock.now());
  const sent = new EventEmitter<Record<string, []>>();
  const queues = new Map(configs.map((config) => [config.arn, createQueue(config, database, clock, sent)]));
  return {
    get: (arn) => {
      const queue = queues.get(arn);
      if (queue === undefined) throw new Error(`There is no queue ${arn}.`);
      return queue;
    },
    close: () => database.close(),
  };
};
