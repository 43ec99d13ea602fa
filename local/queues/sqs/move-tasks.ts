import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../template/json.ts';
import type { Queue } from '../queue.ts';

/** What SQS tells of a task that is over (API reference, ListMessageMoveTasks); its handle is told while it runs. */
interface MoveTask {
  readonly sourceArn: string;
  readonly result: JsonObject;
}

export interface MoveTasks {
  /** Moves what is visible now and is back when that is done. Gives the handle of the task. */
  run(source: Queue, destination: Queue, named: boolean): string;
  /** The latest first. */
  list(sourceArn: string): readonly JsonObject[];
}

const batchSize = 10;

/** Tasks of this process: what was moved before a restart is moved, but no longer told of. */
export const createMoveTasks = (clock: Clock): MoveTasks => {
  const tasks: MoveTask[] = [];
  return {
    run: (source, destination, named) => {
      const startedAt = clock.now().getTime();
      const toMove = source.peek().visible;
      const moved = moveAll(source, destination, toMove);
      tasks.unshift({
        sourceArn: source.config.arn,
        result: {
          Status: 'COMPLETED',
          SourceArn: source.config.arn,
          ...(named && { DestinationArn: destination.config.arn }),
          ApproximateNumberOfMessagesMoved: moved,
          ApproximateNumberOfMessagesToMove: toMove,
          StartedTimestamp: startedAt,
        },
      });
      return Buffer.from(randomUUID()).toString('base64');
    },
    list: (sourceArn) => tasks.flatMap((task) => (task.sourceArn === sourceArn ? [task.result] : [])),
  };
};

/**
 * Sent before it is deleted, so that nothing is lost if this process dies between. A moved message is a new one, with
 * an id of its own (SQS developer guide, "Learn how to configure a dead-letter queue redrive").
 */
const moveAll = (source: Queue, destination: Queue, countMax: number): number => {
  let moved = 0;
  while (moved < countMax) {
    const messages = source.receive(Math.min(batchSize, countMax - moved));
    if (messages.length === 0) return moved;
    for (const { body, receiptHandle } of messages) {
      destination.send(body);
      source.delete(receiptHandle);
    }
    moved += messages.length;
  }
  return moved;
};
