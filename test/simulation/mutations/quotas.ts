import { edit, type Mutation } from './mutation.ts';

const counted = 'usecases/counted-documents.ts';

/** The guards of the counters, in the schedules that have quotas. */
export const quotaMutations: readonly Mutation[] = [
  {
    guard: 'a declaration counts before its record is written',
    edits: [
      edit(
        'usecases/declare-record.ts',
        'const refused = quota',
        'await deps.documents.create(record);\n  const refused = quota',
      ),
    ],
    shows: /and 0 documents of 0 bytes are counted/,
  },
  {
    guard: 'only who made a change gives its quota back',
    edits: [edit(counted, 'if (!outcome.applied) return outcome;', '')],
    shows: /are there and .* are counted/,
  },
  {
    guard: 'what gives quota back is sent once',
    edits: [edit('adapters/dynamodb/quotas.ts', 'table.onceClient.send', 'table.client.send')],
    shows: /are there and .* are counted/,
  },
  {
    guard: 'who is going to give quota back says so before',
    edits: [edit(counted, 'await quotas.touch(counter, at);', ';')],
    shows: /a counter at rest says/,
  },
  {
    guard: 'the limit is a condition of the write',
    edits: [edit('adapters/dynamodb/quotas.ts', 'if (limit === undefined) return', 'if (limit !== null) return')],
    shows: /were let in/,
  },
];
