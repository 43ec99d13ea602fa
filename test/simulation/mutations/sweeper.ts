import { edit, type Mutation, overwritableUnscanned } from './mutation.ts';

const settle = 'usecases/settle-document.ts';

const orphanRemoval = edit(settle, "if (record.state === 'pending') return;", 'if (objects !== undefined) return;');

const retentionByTable = edit(
  'adapters/dynamodb/transition-update.ts',
  "'retention-over': 'retainUntil <= :at'",
  "'retention-over': 'lastChange.at <= :at'",
);

/** The guards of what nobody asked for any more. */
export const sweeperMutations: readonly Mutation[] = [
  {
    guard: 'nothing expires before S3 was asked',
    edits: [edit(settle, 'if (found === undefined) {', 'if (documents !== undefined) {')],
    shows: /expired though its bytes are there/,
  },
  {
    guard: 'nothing expires while a PUT may be under way',
    edits: [edit('domain/declare.ts', 'profile.transferSecondsMax + clockSkewSecondsMax', '0')],
    shows: /expired before its upload ended/,
  },
  {
    guard: 'clocks may be apart',
    edits: [
      edit('domain/declare.ts', 'profile.transferSecondsMax + clockSkewSecondsMax', 'profile.transferSecondsMax'),
    ],
    shows: /expired before its upload ended/,
  },
  {
    guard: 'a purge removes every version',
    edits: [
      edit(
        'usecases/purge-document.ts',
        'for (const version of await objects.listVersions(objectKey(record))) await',
        'for (const version of (await objects.listVersions(objectKey(record))).slice(0, 1)) await',
      ),
    ],
    shows: /purged and v\d+ is there/,
    world: overwritableUnscanned,
    maskedBy: [orphanRemoval],
  },
  {
    guard: 'what has a retention is due when it is over',
    edits: [edit('domain/due.ts', "if (state === 'available' || state === 'rejected')", "if (state === 'expired')")],
    shows: /still \w+ after its retention/,
  },
  {
    guard: 'nothing lapses before its retention is over: the use case',
    edits: [edit('usecases/purge-document.ts', ' && retainUntil <= now', ' && now !== undefined')],
    shows: /was removed before its time/,
    maskedBy: [retentionByTable],
  },
  {
    guard: 'nothing lapses before its retention is over: the table',
    edits: [retentionByTable],
    shows: /was removed before its time/,
    maskedBy: [edit('usecases/purge-document.ts', ' && retainUntil <= now', ' && now !== undefined')],
  },
  {
    guard: 'what was deleted can be restored no longer than it is kept',
    edits: [edit('domain/purge.ts', 'retainUntil !== undefined && retainUntil < purgeAfter', "retainUntil === ''")],
    shows: /can be restored after its retention/,
  },
  {
    guard: 'versions that no record speaks for are removed',
    edits: [orphanRemoval],
    shows: /has \d versions|is there/,
    world: overwritableUnscanned,
  },
  {
    guard: 'a list of versions has more than one page',
    edits: [edit('adapters/s3/versions.ts', 'marker = IsTruncated', 'marker = IsTruncated && !list')],
    shows: /has \d versions|is there/,
    world: overwritableUnscanned,
  },
  {
    guard: 'a sweep ends when all of it has ended',
    edits: [
      edit(
        'usecases/sweep.ts',
        'const outcomes = await Promise.allSettled(shards);',
        'await Promise.all(shards); const outcomes = await Promise.allSettled(shards);',
      ),
    ],
    shows: /ended with calls under way/,
  },
];
