import { limits } from './limits.ts';
import { objectKeyPrefix } from './storage.ts';

/** What is deployed, and what a secret of storage settings has to agree with. */
export interface DeployedStorage {
  readonly bucketName: string;
  readonly region: string;
  readonly encryption: 's3' | 'kms';
}

/** What of a secret is more than agreement. `retentionDays`: 90 to 36,500, how long what is declared without a class is kept. */
export interface StorageSettings {
  readonly retentionDays?: number;
}

/** One field that cannot be used: `detail` says to an operator what to do, and never what the secret says. */
export interface SettingFault {
  readonly field: string;
  readonly detail: string;
}

export type ReadSettings =
  | { readonly ok: true; readonly value: StorageSettings }
  | { readonly ok: false; readonly failure: readonly SettingFault[] };

type Fields = Readonly<Record<string, unknown>>;

/** The fields of one setting that are wrong, as a sentence; undefined where it is right. */
type Check = (value: unknown, deployed: DeployedStorage) => string | undefined;

const retentionDaysMin = 90;

/** As S3 names them in `x-amz-server-side-encryption`. */
const encryptionNames = { s3: 'AES256', kms: 'aws:kms' } as const;

/** The console of Secrets Manager keeps every value as text. */
const daysOf = (value: unknown): number =>
  typeof value === 'string' && /^[0-9]{1,6}$/.test(value)
    ? Number(value)
    : typeof value === 'number'
      ? value
      : Number.NaN;

const checks: Readonly<Record<string, Check>> = {
  bucket_name: (value, { bucketName }) =>
    value === bucketName ? undefined : `Set it to ${bucketName}, the bucket that is deployed; no other can be used.`,
  region: (value, { region }) =>
    value === region ? undefined : `Set it to ${region}, where the bucket is deployed; no other can be used.`,
  folder_prefix: (value) =>
    value === undefined || value === '' || value === objectKeyPrefix || value === objectKeyPrefix.slice(0, -1)
      ? undefined
      : `Leave it out, or set it to ${objectKeyPrefix}: keys are made of ids, and what a document is, is said by its category.`,
  encryption: (value, { encryption }) =>
    value === undefined || value === encryptionNames[encryption]
      ? undefined
      : `Leave it out, or set it to ${encryptionNames[encryption]}, as the environment encrypts; change that in lib/environments.ts.`,
  retention_days: (value) => {
    const days = daysOf(value);
    return value === undefined ||
      (Number.isInteger(days) && days >= retentionDaysMin && days <= limits.retentionDaysMax)
      ? undefined
      : `Set it to a whole number of days from ${retentionDaysMin} to ${limits.retentionDaysMax}, or leave it out.`;
  },
};

/** Names that keys of IAM users go by; a secret that holds one is a second secret too many. */
const isAccessKey = (name: string): boolean => /access_?key|secret_?key|session_?token|credential|password/i.test(name);

const unknownDetail = (name: string): string =>
  isAccessKey(name)
    ? 'Take it out, and delete the key in IAM: the functions sign with their roles and need no access keys.'
    : `Take it out: there is no such setting. There are ${Object.keys(checks).join(', ')}.`;

const parsed = (secretText: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(secretText);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};

/** Only what may be a name is repeated in messages and logs: whoever swaps names and values has told a value. */
const nameOf = (field: string): string =>
  /^[A-Za-z][A-Za-z_]{0,39}$/.test(field) ? field : 'a field with another name';

/**
 * The storage settings in the text of a secret (`bucket_name`, `region`, and perhaps `folder_prefix`, `encryption`,
 * `retention_days`), or everything that is wrong with them at once. Where documents lie and how they are encrypted is
 * the environment's to say, so those fields can only agree with it.
 */
export const storageSettingsOf = (secretText: string, deployed: DeployedStorage): ReadSettings => {
  const fields = parsed(secretText);
  if (fields === undefined)
    return { ok: false, failure: [{ field: 'secret', detail: 'Set it to one JSON object with the settings.' }] };
  const failure = [
    ...Object.entries(checks).flatMap(([field, check]) => {
      const detail = check(Object.hasOwn(fields, field) ? fields[field] : undefined, deployed);
      return detail === undefined ? [] : [{ field, detail }];
    }),
    ...Object.keys(fields)
      .filter((name) => !Object.hasOwn(checks, name))
      .map((name) => ({ field: nameOf(name), detail: unknownDetail(name) })),
  ];
  if (failure.length > 0) return { ok: false, failure };
  const { retention_days: days } = fields;
  return { ok: true, value: days === undefined ? {} : { retentionDays: daysOf(days) } };
};
