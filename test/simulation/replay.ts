import { parseArgs } from 'node:util';
import { queueNames } from '../../contract/queues.ts';
import { honest } from './plan.ts';

// Before the logger is loaded: what the functions say is not what this is about.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { simulate } = await import('./simulate.ts');

/** `npm run simulate -- --seed N [--silenced QUEUE]…`: one schedule with all that happens in it, to read. */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, silenced: { type: 'string', multiple: true, default: [] } },
});
const silenced = queueNames.filter((name) => values.silenced.includes(name));
if (silenced.length < values.silenced.length) throw new Error(`A queue is one of: ${queueNames.join(', ')}`);
const seed = Number(values.seed);
if (!Number.isInteger(seed)) throw new Error('Say which schedule: npm run simulate -- --seed N');
const options = { isTraced: true, hostility: { ...honest, silenced } };
const { violation, hash, steps, lines } = await simulate(seed, options);
console.log(lines.join('\n'));
console.log(`\nseed ${seed}: ${steps} steps, trace ${hash}`);
console.log(violation === undefined ? 'All is well.' : `VIOLATED: ${violation}`);
process.exitCode = violation === undefined ? 0 : 1;
