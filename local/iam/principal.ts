import { PolicyError } from './policy-error.ts';
import { readObject, readScalars } from './read.ts';
import type { AccessRequest } from './types.ts';

type RequestPrincipal = AccessRequest['principal'];
export type Effect = 'Allow' | 'Deny';
export type Principals = (principal: RequestPrincipal) => boolean;

const everyone: Principals = () => true;
const exactly =
  (name: string): Principals =>
  ({ arn }) =>
    arn === name;

const sessionGrammar = /^arn:[\w-]+:sts::(?<accountId>\d{12}):assumed-role\/(?<roleName>[^/]+)\/[^/]+$/;

/** A role in a policy stands for its sessions. A session's arn has no path, but role names are unique in an account. */
const sessionsOf =
  (roleArn: string, accountId: string, roleName: string): Principals =>
  ({ arn }) => {
    const session = sessionGrammar.exec(arn)?.groups;
    return arn === roleArn || (session?.accountId === accountId && session.roleName === roleName);
  };

/**
 * An account in an Allow only lets that account's own identity policies decide, so it grants nothing by itself, but to
 * the account's root, which no identity policy limits; in a Deny it means everybody of that account (IAM user guide,
 * "AWS JSON policy elements: Principal", account principals). A service (`principal.arn` is then its name) belongs to
 * no account.
 */
const accountMembers =
  (account: string, effect: Effect): Principals =>
  ({ arn, accountId }) =>
    accountId === account && (effect === 'Deny' ? arn.startsWith('arn:') : isRoot(arn));

const isRoot = (arn: string): boolean => arn.endsWith(':root');

const awsGrammar =
  /^(?:(?<account>\d{12})|arn:[\w-]+:(?:iam::(?<root>\d{12}):root|iam::(?<roleAccount>\d{12}):role\/(?:[^*?]+\/)?(?<role>[^*?/]+)|iam::\d{12}:user\/[^*?]+|sts::\d{12}:assumed-role\/[^*?/]+\/[^*?/]+))$/;

const compileAws = (value: string, effect: Effect, where: string): Principals => {
  if (value === '*') return everyone;
  const groups = awsGrammar.exec(value)?.groups;
  if (groups === undefined) {
    throw new PolicyError(
      where,
      `AWS principal "${value}" is not *, an account, or the ARN of a role, session or user`,
    );
  }
  const account = groups.account ?? groups.root;
  if (account !== undefined) return accountMembers(account, effect);
  const { roleAccount, role } = groups;
  return roleAccount !== undefined && role !== undefined ? sessionsOf(value, roleAccount, role) : exactly(value);
};

const compileService = (value: string, where: string): Principals => {
  if (!/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(value)) {
    throw new PolicyError(where, `service principal "${value}" is not of the form service.amazonaws.com`);
  }
  return exactly(value);
};

/** `*`, or `AWS` and `Service` with one or more principals each. A service principal never matches a role. */
export const compilePrincipals = (element: unknown, effect: Effect, where: string): Principals => {
  if (element === '*') return everyone;
  const matchers = Object.entries(readObject(element, 'Principal', where)).flatMap(([kind, value]) => {
    if (kind !== 'AWS' && kind !== 'Service') throw new PolicyError(where, `principals of kind "${kind}"`);
    const names = readScalars(value, `Principal ${kind}`, where);
    return names.map((name) => (kind === 'AWS' ? compileAws(name, effect, where) : compileService(name, where)));
  });
  if (matchers.length === 0) throw new PolicyError(where, 'Principal must not be empty');
  return (principal) => matchers.some((matches) => matches(principal));
};
