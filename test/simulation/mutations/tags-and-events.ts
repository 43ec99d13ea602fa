import { edit, type Mutation } from './mutation.ts';

const secondLook = edit(
  'domain/due.ts',
  "if (!needsSecondLook(changed) || changed.state === 'purging') return resting;",
  'return resting;',
);

/** The guards that keep object, record and events together. */
export const tagAndEventMutations: readonly Mutation[] = [
  {
    guard: 'the tag is written when an upload is recorded',
    edits: [
      edit(
        'usecases/record-version.ts',
        "if (to !== 'scanning' && !(await deps.objects.setState(object, objectStateOf[to]))) return undefined;",
        'void objectStateOf[to];',
      ),
    ],
    shows: /its tag says/,
  },
  {
    guard: 'a message writes the tag before the record',
    edits: [
      edit('usecases/apply-verdict.ts', "if (origin.cause !== 'sweep')", 'const tag = async () =>'),
      edit(
        'usecases/apply-verdict.ts',
        'return documents.apply(name, record, {',
        'const done = await documents.apply(name, record, {',
      ),
      edit(
        'usecases/apply-verdict.ts',
        `    ...why,
  });
};`,
        `    ...why,
  });
  if (origin.cause !== 'sweep' && done.applied) await tag();
  return done;
};`,
      ),
    ],
    shows: /before S3 gives it out/,
  },
  {
    guard: 'who wrote a tag reads the record again',
    edits: [edit('usecases/align-tag.ts', 'current = await documents.find(record);', 'return void documents;')],
    shows: /its tag says/,
    // Nobody dies here, for nobody would finish what the dead left; two who write at once are seldom unless they quarrel.
    world: { isFaulty: false, quarrels: 1 },
    maskedBy: [secondLook],
  },
  {
    guard: 'what a person changed stays due until all followed',
    edits: [secondLook],
    shows: /its tag says|nobody was told/,
  },
  {
    guard: 'a message that comes again tells what it changed',
    edits: [edit('usecases/record-upload.ts', "await publishChangesBy(deps, record, 'object-created');", '')],
    shows: /nobody was told/,
  },
  {
    guard: 'a change is told under whatever id its message comes back',
    edits: [
      edit(
        'usecases/record-upload.ts',
        "await publishChangesBy(deps, record, 'object-created');",
        `const history = async (of: DocumentRecord) =>
    (await documents.history(of)).filter(({ requestId }) => requestId === origin.requestId);
  await publishChangesBy({ ...deps, documents: { history } }, record, 'object-created');`,
      ),
    ],
    shows: /nobody was told/,
  },
  {
    guard: 'the last change is told before another replaces it',
    edits: [
      edit(
        'usecases/follow-up.ts',
        'needsSecondLook(record) && record.publishedRevision !== record.lastChange.revision ? followUp(deps, record) : record;',
        '(void deps, record);',
      ),
    ],
    shows: /nobody was told/,
  },
  {
    guard: 'a change is told after it was written',
    edits: [
      edit(
        'usecases/change-by-user.ts',
        'const outcome = await deps.documents.apply(',
        `const { revision, from, to } = change;
    const id = record.documentId + '#' + revision;
    const { tenantId, documentId } = record;
    await deps.events.publish({ version: 1, id, tenantId, documentId, revision, from, to, at: change.at });
    const outcome = await deps.documents.apply(`,
      ),
    ],
    shows: /was told and did not happen/,
  },
];
