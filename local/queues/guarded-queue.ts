import type { PollerAction } from '../roles/queue-calls.ts';
import type { Queue } from './queue.ts';

/** A queue as someone with few rights has it: `demand` is asked before each call, and throws where it is refused. */
export const guardQueue = (queue: Queue, demand: (action: PollerAction) => void): Queue => ({
  ...queue,
  peek: () => {
    demand('sqs:GetQueueAttributes');
    return queue.peek();
  },
  receive: (countMax) => {
    demand('sqs:ReceiveMessage');
    return queue.receive(countMax);
  },
  delete: (receiptHandle) => {
    demand('sqs:DeleteMessage');
    queue.delete(receiptHandle);
  },
});
