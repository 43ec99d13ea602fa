import { defaultProfile } from '../../../profiles/default.ts';

const { mediaTypes, categories, retention } = defaultProfile;

/** What fields must say for a request to get beyond its schema: the schema knows the form, the profile what is taken. */
export const accepted: Readonly<Record<string, readonly unknown[]>> = {
  mediaType: mediaTypes,
  sizeBytes: [1, 1000, defaultProfile.sizeBytesMax],
  category: categories,
  subject: [{ type: 'patient', id: 'owner-1' }],
  retentionClass: Object.keys(retention.classes ?? {}),
};
