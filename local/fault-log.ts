import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** `what` names the work that failed, with nothing of the data in it. */
export type ReportFault = (what: string, cause: unknown) => void;

const describe = (cause: unknown): string =>
  (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)).replace(/\s+/g, ' ');

/**
 * Faults of the local cloud itself, one line each, in a file beside the logs of the functions. Where the file cannot be
 * written, because the disk is full, the line goes to the terminal.
 */
export const openFaultLog = (logDirectory: string): ReportFault => {
  const file = join(logDirectory, 'local-cloud.log');
  return (what, cause) => {
    const line = `${new Date().toISOString()} ${what}: ${describe(cause)}`;
    try {
      mkdirSync(logDirectory, { recursive: true });
      appendFileSync(file, `${line}\n`);
    } catch (fault) {
      console.error(`${line} (not written to ${file}: ${describe(fault)})`);
    }
  };
};
