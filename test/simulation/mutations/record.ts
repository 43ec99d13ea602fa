import type { Edit } from '../pool.ts';
import { edit, type Mutation, overwritable } from './mutation.ts';

const transitionUpdate = 'adapters/dynamodb/transition-update.ts';

const revisionCondition = edit(
  transitionUpdate,
  "...(from.length === 0 ? [] : ['lastChange.revision = :revisionBefore']),",
  '',
);

const stateCondition = edit(
  transitionUpdate,
  `...(from.length === 0 ? [] : [\`#state IN (\${from.map((_, index) => \`:from\${index}\`).join(', ')})\`]),`,
  '',
);

const restorableByUseCase = edit(
  'usecases/restore-document.ts',
  "state === 'deleted' && deletedFrom === 'available'",
  "(void deletedFrom, state === 'deleted')",
);

const restorableByTable = edit(
  transitionUpdate,
  "'deleted-from-available': 'deletedFrom = :available'",
  "'deleted-from-available': 'attribute_not_exists(nothing)'",
);

const history = (find: string, replace: string): Edit => edit('adapters/dynamodb/history.ts', find, replace);

/** The guards of the record and its history. */
export const recordMutations: readonly Mutation[] = [
  {
    guard: 'a version is pinned once (`unpinned`)',
    edits: [
      edit(
        transitionUpdate,
        '...requires.map((requirement) => requirementExpressions[requirement]),',
        "'attribute_not_exists(nothing)', ...requires.filter((requirement) => requirement !== 'unpinned').map((requirement) => requirementExpressions[requirement]),",
      ),
    ],
    shows: /the pin moved/,
    world: overwritable,
    maskedBy: [revisionCondition, stateCondition],
  },
  {
    guard: 'a change follows the revision it was decided for',
    edits: [revisionCondition],
    shows: /revision \d+ follows|replaced before/,
    world: { quarrels: 1 },
  },
  {
    guard: 'a change begins in a state of the table',
    edits: [stateCondition],
    shows: /^no transition|^a change without a trace/,
    // Without a scanner, for a verdict may follow two states.
    world: { quarrels: 1, hasScanner: false },
    maskedBy: [revisionCondition],
  },
  {
    guard: 'only what was available is restored: the use case',
    edits: [restorableByUseCase],
    shows: /is said to be available and|though its verdict was bad/,
    maskedBy: [restorableByTable],
  },
  {
    guard: 'only what was available is restored: the table',
    edits: [restorableByTable],
    shows: /is said to be available and|though its verdict was bad/,
    maskedBy: [restorableByUseCase],
  },
  {
    guard: 'a change stands in the history before the next one',
    edits: [
      edit(
        'adapters/dynamodb/documents.ts',
        `    await appendLastChange(table, record);
    return updateRecord(table, record, transitionUpdate(name, record, facts));`,
        `    const outcome = await updateRecord(table, record, transitionUpdate(name, record, facts));
    if (outcome.applied) await appendLastChange(table, record);
    return outcome;`,
      ),
    ],
    shows: /replaced before it stood in the history/,
  },
  {
    guard: 'an entry of the history is never replaced',
    edits: [history(`ConditionExpression: \`attribute_not_exists(\${tableKeys.partitionKey})\`,`, '')],
    shows: /written again/,
  },
  {
    guard: 'what was said about a document stands in the history before something else is said',
    edits: [
      edit(
        'adapters/dynamodb/describe.ts',
        'await append(table, metadataChangeItem(record, lastMetadataChange));',
        'void metadataChangeItem;',
      ),
    ],
    shows: /of its metadata/,
  },
  {
    guard: 'what is said about a document is said over what was read',
    edits: [
      edit(
        'adapters/dynamodb/describe.ts',
        "'lastMetadataChange.metadataRevision = :metadataRevisionBefore'",
        "'attribute_exists(lastMetadataChange)'",
      ),
    ],
    shows: /of its metadata/,
  },
  {
    guard: 'a download is recorded before the link is given out',
    edits: [edit('usecases/recorded-download.ts', 'await documents.recordDownload', 'void documents.recordDownload')],
    shows: /is not in the history/,
  },
];
