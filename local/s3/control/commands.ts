import * as z from 'zod/mini';
import { type ErrorCode, errors } from '../errors.ts';
import { postObjectName } from '../post/post-object.ts';
import { operations } from '../routing/operations.ts';

const countMax = 1_000_000;
const delayMsMax = 60_000;
const bytesMax = 5 * 1024 ** 4;

const codes = Object.keys(errors) as [ErrorCode, ...ErrorCode[]];
const Bytes = z.int().check(z.minimum(0), z.maximum(bytesMax));
const DelayMs = z.int().check(z.minimum(1), z.maximum(delayMsMax));
const Operation = z._default(z.enum(['*', postObjectName, ...operations.map(({ name }) => name)]), '*');

/** Which calls or events it happens to: the next `count`; or, of all until then, the share that the seed picks. */
const picks = {
  count: z._default(z.int().check(z.minimum(1), z.maximum(countMax)), 1),
  seed: z._default(z.int(), 1),
  share: z._default(z.number().check(z.positive(), z.maximum(1)), 1),
} as const;

const Fail = z.strictObject({
  ...picks,
  kind: z.literal('fail'),
  operation: Operation,
  code: z.enum(codes),
  /** `after`: what was asked for is done, and only the answer says otherwise. */
  when: z._default(z.enum(['before', 'after']), 'before'),
});

const Cut = z.strictObject({
  ...picks,
  kind: z.literal('cut'),
  operation: Operation,
  /** Whose body is cut. Of an answer, 0 bytes cut it off whole, headers included. */
  body: z.enum(['request', 'answer']),
  afterBytes: Bytes,
});

const Slow = z.strictObject({
  ...picks,
  kind: z.literal('slow'),
  operation: Operation,
  /** Before the call begins. */
  latencyMs: z.optional(DelayMs),
  /** Of both bodies. */
  bytesPerSecond: z.optional(z.int().check(z.minimum(1), z.maximum(bytesMax))),
});

const isSlowSomehow = (command: { kind: string; latencyMs?: unknown; bytesPerSecond?: unknown }): boolean =>
  command.kind !== 'slow' || command.latencyMs !== undefined || command.bytesPerSecond !== undefined;

const Drop = z.strictObject({ ...picks, kind: z.literal('drop-events') });
const Duplicate = z.strictObject({ ...picks, kind: z.literal('duplicate-events') });
const Delay = z.strictObject({ ...picks, kind: z.literal('delay-events'), delayMs: DelayMs });

/** `count` events are held until all of them are there, then delivered in an order that the seed picks. */
const Reorder = z.strictObject({
  kind: z.literal('reorder-events'),
  count: z._default(z.int().check(z.minimum(2), z.maximum(1000)), 2),
  seed: picks.seed,
});

/** A fault that tests ask the local S3 for. */
export const Command = z
  .discriminatedUnion('kind', [Fail, Cut, Slow, Drop, Duplicate, Delay, Reorder])
  .check(z.refine(isSlowSomehow, 'Give latencyMs or bytesPerSecond.'));

export type Command = z.infer<typeof Command>;
export type CallCommand = Extract<Command, { operation: string }>;
export type EventCommand = Exclude<Command, CallCommand>;
