import type { Due } from './rule.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * When something is due that happens a number of days after a moment: "adding the number of days specified in the rule
 * […] and rounding the resulting time to the next day midnight UTC" ("Lifecycle configuration elements").
 */
export const daysAfter = (since: Date, days: number): Date =>
  new Date(Math.ceil((since.getTime() + days * dayMs) / dayMs) * dayMs);

export const dueAt = (since: Date, due: Due): Date => ('date' in due ? due.date : daysAfter(since, due.days));

/** The last midnight UTC, which tells the days of a clock apart. */
export const midnightOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / dayMs) * dayMs);
