import type { Report } from '../report.ts';

/** What a bench finds out; its name and the machine are added by the one who runs it. */
export type Findings = Pick<Report, 'unit' | 'ratio' | 'groups' | 'notes'>;
