import { describe, expect, it } from 'vitest';
import { createAuthorize } from '../../../local/roles/authorize.ts';
import { roleCredentials } from '../../../local/roles/credentials.ts';
import { checkEventSources } from '../../../local/roles/event-sources.ts';
import { checkNotificationTargets } from '../../../local/roles/notifications.ts';
import { planBucketPolicies, planRoles } from '../../../local/roles/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { linkTemplate, type Template } from '../../../local/template/template.ts';

const link = (Resources: JsonObject): Template =>
  linkTemplate([
    { stackName: 'data', account: '111122223333', region: 'eu-west-1', template: { Resources }, assets: new Map() },
  ]);

const policy = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource = 'arn:aws:s3:::documents/*'): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const role = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'reader', AssumeRolePolicyDocument: policy(), ...properties },
});

/** What the role `reader` may do, by the outcomes of one action each. */
const decisions = (resources: JsonObject, ...actions: string[]) => {
  const template = link(resources);
  const authorize = createAuthorize(planRoles(template), planBucketPolicies(template));
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

describe('a role', () => {
  it('may do what its policies say, wherever they are written', () => {
    const resources = {
      Role: role({
        Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('s3:GetObject')) }],
        ManagedPolicyArns: [{ Ref: 'Attached' }],
      }),
      Attached: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('s3:GetObjectVersion')) },
      },
      Attaching: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('s3:PutObject')), Roles: [{ Ref: 'Role' }] },
      },
      Inline: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: policy(allow('s3:DeleteObject')), Roles: [{ Ref: 'Role' }] },
      },
    };

    expect(
      decisions(
        resources,
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObject',
        's3:DeleteObject',
        's3:GetObjectTagging',
      ),
    ).toEqual([true, true, true, true, 'implicit-deny']);
  });

  it('may not do what the bucket denies', () => {
    const resources = {
      Role: role({ Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('s3:GetObject')) }] }),
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'documents',
          PolicyDocument: policy({ ...allow('s3:GetObject'), Effect: 'Deny', Principal: '*' }),
        },
      },
    };

    expect(decisions(resources, 's3:GetObject')).toEqual(['explicit-deny']);
  });

  it('may not ask a bucket with two policies, of which AWS would keep one', () => {
    const Policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'documents', PolicyDocument: policy({ ...allow('s3:GetObject'), Principal: '*' }) },
    };
    expect(() => planBucketPolicies(link({ Policy, Other: Policy }))).toThrow(/documents has two policies/);
  });

  it('must not have a policy that is not in the template', () => {
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(() => planRoles(link({ Role: role({ ManagedPolicyArns: [arn] }) }))).toThrow(/reader.*AdministratorAccess/);
  });

  it('must not have a policy that is not understood', () => {
    const PolicyDocument = policy({ ...allow('s3:GetObject'), NotPrincipal: '*' });
    const resources = { Role: role({ Policies: [{ PolicyName: 'odd', PolicyDocument }] }) };
    expect(() => planRoles(link(resources))).toThrow(/reader\/odd/);
  });
});

describe('credentials', () => {
  const reader = {
    name: 'reader',
    arn: 'arn:aws:iam::111122223333:role/reader',
    account: '111122223333',
    policies: [],
  };

  it('are of the form that AWS gives, and of a session of the role', () => {
    const { accessKeyId, secretAccessKey, principal } = roleCredentials('secret', reader, 'get-document');
    expect(accessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/);
    expect(secretAccessKey).toHaveLength(40);
    expect(principal.arn).toBe('arn:aws:sts::111122223333:assumed-role/reader/get-document');
  });

  it('are the same at every start, and others for another folder, role or session', () => {
    const keyOf = (...[secret, { name }, session]: [string, { name: string }, string]) =>
      roleCredentials(secret, { ...reader, name }, session).secretAccessKey;
    const keys = [
      keyOf('secret', { name: 'reader' }, 'a'),
      keyOf('secret', { name: 'reader' }, 'a'),
      keyOf('other', { name: 'reader' }, 'a'),
      keyOf('secret', { name: 'writer' }, 'a'),
      keyOf('secret', { name: 'reader' }, 'b'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(keys[1]);
  });
});

describe('the target of a notification', () => {
  const resources = (Condition: JsonObject): JsonObject => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'documents',
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Condition,
        }),
      },
    },
  });

  it('must let S3 send', () => {
    const ours = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::documents' } };
    expect(() => checkNotificationTargets(link(resources(ours)))).not.toThrow();
    const others = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::photos' } };
    expect(() => checkNotificationTargets(link(resources(others)))).toThrow(
      /does not let S3 send the events of documents/,
    );
    const { Policy: _, ...withoutPolicy } = resources(ours);
    expect(() => checkNotificationTargets(link(withoutPolicy))).toThrow(/does not let S3 send/);
  });

  it('must be in the template', () => {
    const { Queue: _, ...withoutQueue } = resources({});
    const Bucket = {
      Type: 'AWS::S3::Bucket',
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:eu-west-1:111122223333:other' }],
        },
      },
    };
    const { Policy: __, ...rest } = withoutQueue;
    expect(() => checkNotificationTargets(link({ ...rest, Bucket }))).toThrow(/other, which is not in the template/);
  });
});

describe('the role of a function that a queue feeds', () => {
  const poll = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
  const resources = (actions: readonly string[], resource = queueArn): JsonObject => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'uploads' } },
    Role: role({
      Policies: [{ PolicyName: 'inline', PolicyDocument: policy(...actions.map((action) => allow(action, resource))) }],
    }),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { S3Bucket: 'b', S3Key: 'k' },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: queueArn, FunctionName: { Ref: 'Function' } },
    },
  });

  it('may do what the poller does', () => {
    expect(() => checkEventSources(link(resources(poll)))).not.toThrow();
  });

  it.each(poll)('stops the start without %s', (missing) => {
    const others = poll.filter((action) => action !== missing);
    expect(() => checkEventSources(link(resources(others)))).toThrow(`The role reader may not ${missing}`);
  });

  it('stops the start where it is for another queue', () => {
    expect(() => checkEventSources(link(resources(poll, `${queueArn}-dead`)))).toThrow(/may not sqs:ReceiveMessage/);
  });
});
