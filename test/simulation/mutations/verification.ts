import { edit, type Mutation, unchecked } from './mutation.ts';

const hashCheck = edit(
  'domain/verify-upload.ts',
  "if (!agree(declaredChecksum(declared), stored.checksum)) return 'hash-mismatch';",
  '',
);

/** The guards between what was uploaded and what is opened. */
export const verificationMutations: readonly Mutation[] = [
  {
    guard: 'the hash is the declared one',
    edits: [hashCheck],
    shows: /has other bytes/,
    world: unchecked,
  },
  {
    guard: 'the size is the declared one',
    edits: [edit('domain/verify-upload.ts', "if (!fits) return 'size-mismatch';", '')],
    shows: /of another size/,
    world: unchecked,
    maskedBy: [hashCheck],
  },
  {
    guard: 'the type is the declared one',
    edits: [
      edit(
        'domain/verify-upload.ts',
        "(mediaType === declared.mediaType ? undefined : 'media-type-mismatch')",
        '(void mediaType, void declared, undefined)',
      ),
    ],
    shows: /of another type/,
  },
  {
    guard: 'a threat is not clean',
    edits: [
      edit(
        'domain/scan.ts',
        "THREATS_FOUND: { kind: 'rejected', reason: 'malware-found' }",
        "THREATS_FOUND: { kind: 'clean' }",
      ),
    ],
    shows: /never found clean/,
  },
  {
    guard: 'a scan that failed is not clean',
    edits: [edit('domain/scan.ts', "FAILED: { kind: 'none' }", "FAILED: { kind: 'clean' }")],
    shows: /never found clean/,
  },
  {
    guard: 'what was not scanned yet waits',
    edits: [edit('usecases/verify.ts', "outcome.kind === 'clean' ? 'accept' : 'quarantine'", "'accept'")],
    shows: /never found clean/,
  },
  {
    guard: 'a clean event opens nothing whose tag says otherwise',
    edits: [
      edit(
        'usecases/apply-scan-result.ts',
        'scanOutcome(verdict, await deps.objects.verdict(object))',
        'scanOutcome(verdict)',
      ),
    ],
    shows: /tag of its verdict is bad/,
  },
  {
    guard: 'a verdict is about its own version',
    edits: [
      edit(
        'usecases/apply-scan-result.ts',
        'if (record.versionId !== object.versionId) return beforeThePin(record, verdict);',
        '',
      ),
    ],
    shows: /never found clean/,
    world: unchecked,
  },
  {
    guard: 'a bad verdict takes back what could be restored',
    edits: [
      edit(
        'usecases/apply-verdict.ts',
        "return state === 'deleted' && deletedFrom === 'available' ? 'condemnDeleted' : undefined;",
        'return void deletedFrom;',
      ),
    ],
    shows: /though its verdict was bad/,
  },
];
