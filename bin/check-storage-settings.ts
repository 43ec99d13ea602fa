import { checkStorageSettings } from './check-storage-settings/check.ts';

process.exitCode = checkStorageSettings(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
