import { uploadingDocument } from '../../../bench/cold-start/documents.ts';
import { defaultProfile } from '../../../profiles/default.ts';

const { mediaTypes, categories, retention } = defaultProfile;

const checksum = Buffer.alloc(32, 1).toString('base64');

/** What fields must say for a request to get beyond its schema: the schema knows the form, the profile what is taken. */
export const accepted: Readonly<Record<string, readonly unknown[]>> = {
  mediaType: mediaTypes,
  // That of the stub's upload in parts comes often: only such a one can be completed.
  sizeBytes: [1, 1000, ...[0, 1, 2].map(() => uploadingDocument.sizeBytes), defaultProfile.sizeBytesMax],
  parts: [
    [{ partNumber: 1, checksum }],
    [2, 3].map((partNumber) => ({ partNumber, checksum })),
    // As Uppy names what the stub holds.
    [1, 2, 3].map((PartNumber) => ({ PartNumber, ETag: '"e"' })),
  ],
  checksum: [checksum],
  filename: ['scan.pdf'],
  type: mediaTypes,
  partNumbers: ['1', '1,2,3'],
  category: categories,
  subject: [{ type: 'patient', id: 'owner-1' }],
  retentionClass: Object.keys(retention.classes ?? {}),
};
