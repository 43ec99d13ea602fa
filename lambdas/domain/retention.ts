import type { Profile } from '../../contract/profile.ts';
import type { UploadRequest } from '../../contract/schemas/upload.ts';
import type { StorageSettings } from '../../contract/storage-settings.ts';
import type { DocumentRecord } from './document.ts';
import type { FieldError } from './failure.ts';
import { oneOf } from './metadata.ts';
import { daysAfter } from './purge.ts';

type Declared = Pick<UploadRequest, 'retentionClass'>;

/** What is wrong with the class that a document is declared with. */
export const retentionErrors = ({ retentionClass }: Declared, { retention }: Profile): FieldError[] =>
  oneOf('/retentionClass', retentionClass, Object.keys(retention.classes ?? {}), 'retention classes');

/**
 * The class of a document and when it ends: the class it names; else, without a class, the days that a secret of storage
 * settings says; else the profile's default; else nothing. Of days without a class the bucket's rules know nothing, so
 * they stand behind nobody: only the sweeper ends them.
 */
export const retentionOf = (
  { retentionClass }: Declared,
  { retention: { classes = {}, defaultClass } }: Profile,
  declaredAt: Date,
  { retentionDays }: StorageSettings = {},
): Pick<DocumentRecord, 'retentionClass' | 'retainUntil'> => {
  if (retentionClass === undefined && retentionDays !== undefined)
    return { retainUntil: daysAfter(declaredAt, retentionDays) };
  const name = retentionClass ?? defaultClass;
  if (name === undefined) return {};
  const retention = classes[name];
  if (retention === undefined) throw new Error(`The profile has no retention class ${name}.`);
  return { retentionClass: name, retainUntil: daysAfter(declaredAt, retention.days) };
};
