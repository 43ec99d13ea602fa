import { connectionTest } from './connection-test/connection-test.ts';

process.exitCode = await connectionTest(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  environment: process.env,
});
