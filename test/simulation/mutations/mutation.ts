import type { Hostility } from '../plan.ts';
import { honest } from '../plan.ts';
import type { Edit } from '../pool.ts';

/** One guard of our code taken away, and what must be seen to go wrong without it. */
export interface Mutation {
  readonly guard: string;
  readonly edits: readonly Edit[];
  /** What must never be, and is without the guard; with the guard it is not, in the same world. */
  readonly shows: RegExp;
  /** The world it is tried in, and its other guards that are off there because they would mask this one. */
  readonly world?: Partial<Hostility>;
  readonly maskedBy?: readonly Edit[];
}

export const hostilityOf = ({ world }: Mutation): Hostility => ({ ...honest, ...world });

/** S3 takes a second version of a key. */
export const overwritable: Partial<Hostility> = { ifNoneMatch: false, mischief: 0.6 };

/** The same, without a scanner: where one is, a verdict may take the mark of a second version from the record. */
export const overwritableUnscanned: Partial<Hostility> = { ...overwritable, hasScanner: false };

/** S3 takes any bytes, too. */
export const unchecked: Partial<Hostility> = { ...overwritable, signedFacts: false };

export const edit = (file: string, find: string, replace: string): Edit => ({ file: `lambdas/${file}`, find, replace });
