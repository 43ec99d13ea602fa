import { setTimeout } from 'node:timers/promises';
import { redrive } from './redrive/redrive.ts';

process.exitCode = await redrive(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  wait: setTimeout,
});
