import { systemClock } from '../../../../local/clock.ts';
import { createAuthorize } from '../../../../local/roles/authorize.ts';
import { planRights } from '../../../../local/roles/rights.ts';
import type { JsonObject } from '../../../../local/template/json.ts';
import { linkTemplate, type Template } from '../../../../local/template/template.ts';

export const link = (Resources: JsonObject): Template =>
  linkTemplate([
    { stackName: 'data', account: '111122223333', region: 'eu-west-1', template: { Resources }, assets: new Map() },
  ]);

export const policy = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });

export const allow = (Action: string, Resource = 'arn:aws:s3:::documents/*'): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export const trust = (Service: string, more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service },
  ...more,
});

/** The role `reader`, which functions may have. */
export const role = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'reader',
    AssumeRolePolicyDocument: policy(trust('lambda.amazonaws.com')),
    ...properties,
  },
});

/** A function of the role `Role`. */
export const lambda: JsonObject = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'read',
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { S3Bucket: 'b', S3Key: 'k' },
  },
};

/** Sessions are issued at noon of 2026-03-01. */
export const judgeBy = (template: Template) => ({
  authorize: createAuthorize(() => planRights(template), new Date('2026-03-01T12:00:00Z')),
  clock: systemClock,
});

/** What the role `reader` may do with an object of the bucket `documents`, by the outcomes of one action each. */
export const decisions = (resources: JsonObject, ...actions: string[]) => {
  const { authorize } = judgeBy(link(resources));
  return actions.map((action) => {
    const decision = authorize(
      {
        principal: { arn: 'arn:aws:sts::111122223333:assumed-role/reader/function', accountId: '111122223333' },
        action,
        resource: 'arn:aws:s3:::documents/a',
        conditions: {},
      },
      'documents',
    );
    return decision.allowed || decision.reason;
  });
};
