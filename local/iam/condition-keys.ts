import { type KeyGroup, keyGroups } from './known-keys.ts';
import { PolicyError } from './policy-error.ts';

const groupByKey: ReadonlyMap<string, KeyGroup> = new Map(
  keyGroups.flatMap((group) => group.keys.split(' ').map((key) => [key.toLowerCase(), group] as const)),
);

const multivalued = new Set(
  [
    'aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths',
    'aws:TagKeys s3:RequestObjectTagKeys kms:EncryptionContextKeys',
    'kms:ResourceAliases dynamodb:LeadingKeys events:TargetArn',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/** `aws:PrincipalTag/team` is known by `aws:PrincipalTag/`; a family without a member is not a key. */
const familyOf = (key: string): string | undefined => /^(?<family>\w+:[\w-]+[/:])./.exec(key)?.groups?.family;

/** Where a key stands in the table of known keys, whatever its case; undefined for one that is not in it. */
export const groupOfKey = (name: string): KeyGroup | undefined => {
  const key = name.toLowerCase();
  const family = familyOf(key);
  if (/[/:]$/.test(key)) return undefined;
  return (family === undefined ? undefined : groupByKey.get(family)) ?? groupByKey.get(key);
};

/** A misspelt key in a Deny would deny nothing, and so would one that no request here tells. `kind` is for the error. */
export const checkConditionKey = (name: string, kind: string, where: string): void => {
  const group = groupOfKey(name);
  if (group === undefined) throw new PolicyError(where, `unknown ${kind}`);
  if (group.class === 'refused') throw new PolicyError(where, `${kind} is not evaluated here: ${group.why}`);
};

/** Whether a request may hold several values for this key, which asks for ForAllValues or ForAnyValue. */
export const isMultivaluedKey = (name: string): boolean => multivalued.has(name.toLowerCase());

/** `s3` for `s3:prefix`; `aws` for the keys that every service has. */
export const serviceOfKey = (name: string): string => name.slice(0, name.indexOf(':')).toLowerCase();
