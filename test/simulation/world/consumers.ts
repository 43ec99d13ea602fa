import type { QueueName } from '../../../contract/queues.ts';
import { functionSettings } from '../../../lib/function-settings.ts';
import { runScanResults, runUploads } from '../functions.ts';
import { SimulatedQueue } from './queues.ts';
import type { World } from './world.ts';

/** A queue whose messages go to the function they are for. */
export const queueOf = (world: World, name: QueueName): SimulatedQueue => {
  const { clock, random } = world;
  const functionName = name === 'uploads' ? 'record-upload' : 'apply-scan-result';
  const run = name === 'uploads' ? runUploads : runScanResults;
  const { timeoutSeconds } = functionSettings[functionName];
  return new SimulatedQueue({
    name,
    clock,
    random,
    visibilitySeconds: 6 * timeoutSeconds,
    deliver: (event, ended) =>
      world.calls.invoke(functionName, timeoutSeconds, run(world, event), (outcome) =>
        ended(
          outcome.kind === 'answered'
            ? outcome.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
            : undefined,
        ),
      ),
  });
};
