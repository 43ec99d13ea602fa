import { parseArgs } from 'node:util';

// Before the logger is loaded: what the functions say is not what this is about.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { simulate } = await import('./simulate.ts');

/** `npm run simulate -- --seed N`: one schedule with all that happens in it, to read. */
const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed)) throw new Error('Say which schedule: npm run simulate -- --seed N');
const { violation, hash, steps, lines } = await simulate(seed, { isTraced: true });
console.log(lines.join('\n'));
console.log(`\nseed ${seed}: ${steps} steps, trace ${hash}`);
console.log(violation === undefined ? 'All is well.' : `VIOLATED: ${violation}`);
process.exitCode = violation === undefined ? 0 : 1;
