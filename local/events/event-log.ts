import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReportFault } from '../fault-log.ts';
import type { EventEnvelope } from './event.ts';

/** A file with one event a line, as JSON, for the developer's eyes: an event that no rule asks for is seen nowhere else. */
export const openEventLog =
  (file: string, report: ReportFault) =>
  (event: EventEnvelope): void => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    } catch (cause) {
      // The event is taken: who put it has nothing to do with our log.
      report('An event could not be written to its log', cause);
    }
  };
