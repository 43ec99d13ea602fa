import type { Context } from '../context.ts';

/** Whether one value of the request fits. */
export type Test = (actual: string, context: Context) => boolean;

/** Reads one value of a policy; throws a PolicyError for one it cannot read. */
export type Comparator = (expected: string, where: string) => Test;
