import type { Profile } from '../../contract/profile.ts';
import type { UploadRequest } from '../../contract/schemas/upload.ts';
import type { DocumentRecord } from './document.ts';
import type { FieldError } from './failure.ts';
import { oneOf } from './metadata.ts';
import { daysAfter } from './purge.ts';

type Declared = Pick<UploadRequest, 'retentionClass'>;

/** What is wrong with the class that a document is declared with. */
export const retentionErrors = ({ retentionClass }: Declared, { retention }: Profile): FieldError[] =>
  oneOf('/retentionClass', retentionClass, Object.keys(retention.classes ?? {}), 'retention classes');

/** The class of a document, the profile's default where it names none, and when it ends; nothing where it has none. */
export const retentionOf = (
  { retentionClass }: Declared,
  { retention: { classes = {}, defaultClass } }: Profile,
  declaredAt: Date,
): Pick<DocumentRecord, 'retentionClass' | 'retainUntil'> => {
  const name = retentionClass ?? defaultClass;
  if (name === undefined) return {};
  const retention = classes[name];
  if (retention === undefined) throw new Error(`The profile has no retention class ${name}.`);
  return { retentionClass: name, retainUntil: daysAfter(declaredAt, retention.days) };
};
