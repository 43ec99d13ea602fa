import { evaluate } from '../../../local/iam/evaluate.ts';
import { compilePolicy } from '../../../local/iam/policy.ts';
import type { AccessRequest } from '../../../local/iam/types.ts';

export const account = '111122223333';
export const bucketArn = 'arn:aws:s3:::amzn-s3-demo-bucket';

/** The session of a role that asks for one object. */
export const request = (overrides: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: { arn: `arn:aws:sts::${account}:assumed-role/reader/session`, accountId: account },
  action: 's3:GetObject',
  resource: `${bucketArn}/documents/a`,
  conditions: {},
  ...overrides,
});

export const document = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });

export const allow = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  Sid: 'AllowRead',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: `${bucketArn}/*`,
  ...overrides,
});

export const deny = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  ...allow({ Sid: 'DenyRead', Effect: 'Deny' }),
  ...overrides,
});

export const identity = (...statements: readonly unknown[]) => ({
  identityPolicies: [compilePolicy(document(...statements), 'reader/default')],
  resourcePolicies: [],
});

export const resource = (...statements: readonly unknown[]) => ({
  identityPolicies: [],
  resourcePolicies: [compilePolicy(document(...statements), 'amzn-s3-demo-bucket')],
});

/** Whether an otherwise fitting Allow with this Condition lets the request through. */
export const holds = (condition: unknown, conditions: AccessRequest['conditions']): boolean =>
  evaluate(request({ conditions }), identity(allow({ Action: '*', Condition: condition }))).allowed;
