import * as z from 'zod/mini';
import { limits } from '../limits.ts';

/** One of the profile's; it is a value of a tag and of IAM conditions, hence without signs that mean anything there. */
export const RetentionClassName = z.string({ error: 'Give a retention class as text.' }).check(
  z.regex(/^[a-z][a-z0-9_-]{0,63}$/, {
    error: 'A retention class is 1 to 64 of a-z, 0-9, _ and -, and begins with a letter.',
  }),
);

/**
 * Where S3 may move objects, in the order in which it moves them and with the days it asks for: `ageDaysMin` since the
 * upload, `stayDaysMin` before the next move (S3 user guide, "Transitioning objects using Amazon S3 Lifecycle"). Only classes
 * from which a signed GET is answered at once: what is in `GLACIER` or `DEEP_ARCHIVE` must be restored first, which nobody
 * does here, and `ONEZONE_IA` is lost with its zone.
 */
export const storageClasses = {
  STANDARD_IA: { ageDaysMin: 30, stayDaysMin: 30 },
  INTELLIGENT_TIERING: { ageDaysMin: 1, stayDaysMin: 1 },
  GLACIER_IR: { ageDaysMin: 1, stayDaysMin: 1 },
} as const;

export type StorageClass = keyof typeof storageClasses;

const order = Object.keys(storageClasses) as [StorageClass, ...StorageClass[]];

/** `days` since the upload. Objects smaller than 128 KiB stay where they are, which is S3's own rule. */
const StorageTransition = z
  .strictObject({
    storageClass: z.enum(order, { error: `Give one of ${order.join(', ')}: a signed GET must be answered at once.` }),
    days: z.int(),
  })
  .check(
    z.refine(({ storageClass, days }) => days >= storageClasses[storageClass].ageDaysMin, {
      path: ['days'],
      error: `S3 moves nothing earlier; STANDARD_IA takes objects after ${storageClasses.STANDARD_IA.ageDaysMin} days, the others after one.`,
    }),
  );

type StorageTransition = z.infer<typeof StorageTransition>;

const follows = (earlier: StorageTransition, later: StorageTransition): boolean =>
  order.indexOf(later.storageClass) > order.indexOf(earlier.storageClass) &&
  later.days >= earlier.days + storageClasses[earlier.storageClass].stayDaysMin;

const daysError = `Give whole days, 1 to ${limits.retentionDaysMax}.`;

const Days = z
  .int({ error: daysError })
  .check(z.minimum(1, { error: daysError }), z.maximum(limits.retentionDaysMax, { error: daysError }));

/** How long documents of a class are kept, counted from their declaration, and where their objects are meanwhile. */
export const RetentionClass = z
  .strictObject({
    days: Days,
    transitions: z.optional(z.array(StorageTransition)),
  })
  .check(
    z.refine(
      ({ transitions = [] }) =>
        transitions.every((later, index) => index === 0 || follows(transitions[index - 1] as StorageTransition, later)),
      {
        path: ['transitions'],
        error: `Name each storage class once, in the order ${order.join(', ')}, each on a later day; S3 keeps objects ${storageClasses.STANDARD_IA.stayDaysMin} days in STANDARD_IA.`,
      },
    ),
    z.refine(({ days, transitions = [] }) => transitions.every((transition) => transition.days < days), {
      path: ['transitions'],
      error: 'Move objects before the days of their class are over, or not at all.',
    }),
  );

/** By name. Empty or absent: documents are kept until somebody deletes them. */
export const RetentionClasses = z.record(RetentionClassName, RetentionClass).check(
  z.refine((classes) => Object.keys(classes).length <= limits.retentionClassesMax, {
    error: `Give at most ${limits.retentionClassesMax} classes.`,
  }),
);
