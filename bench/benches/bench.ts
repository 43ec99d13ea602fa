import type { Report } from '../report.ts';

/** Times and their ratios. */
type Timings = Pick<Report, 'unit' | 'ratio' | 'groups' | 'notes'>;

/** Anything else: as text for people, and as it is for `--json`. */
interface Account {
  readonly text: string;
  readonly findings: object;
}

/** What a bench finds out; its name and the machine are added by the one who runs it. */
export type Findings = Timings | Account;
