import { randomInt } from 'node:crypto';
import type { ResourceOf } from '../template/template.ts';

export type PasswordRules = ResourceOf<'AWS::SecretsManager::Secret'>['config']['GenerateSecretString'];

const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

/** Fisher and Yates: every order is as likely as any other. */
const shuffle = (characters: string[]): string[] => {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters;
};

/** The kinds of characters that a password is made of (API reference, GetRandomPassword). */
const alphabetsOf = (rules: PasswordRules): readonly string[] =>
  [
    rules.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rules.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((alphabet) => [...alphabet].filter((character) => !rules.ExcludeCharacters.includes(character)).join(''))
    .filter((alphabet) => alphabet !== '');

/** A random password by the rules of `GenerateSecretString`. Throws a RangeError where none can follow them. */
export const generatePassword = (rules: PasswordRules): string => {
  const alphabets = alphabetsOf(rules);
  const required = rules.RequireEachIncludedType ? alphabets : [];
  if (alphabets.length === 0 || required.length > rules.PasswordLength) {
    throw new RangeError('No password follows the rules of GenerateSecretString.');
  }
  const all = alphabets.join('');
  const rest = Array.from({ length: rules.PasswordLength - required.length }, () => pick(all));
  return shuffle([...required.map(pick), ...rest]).join('');
};
