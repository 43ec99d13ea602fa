import { edit, type Mutation } from './mutation.ts';

/** The guards of uploads in parts that nothing else stands behind. */
export const partsMutations: readonly Mutation[] = [
  {
    guard: 'what the parts must be is written before they become an object',
    edits: [
      edit(
        'usecases/multipart/complete-upload.ts',
        'if (checksum !== earlier && !(await documents.setUpload(record, held)))',
        'if (void held, checksum === earlier && earlier !== checksum)',
      ),
    ],
    shows: /has other bytes/,
  },
];
