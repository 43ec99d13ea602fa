import { describe, expect, it } from 'vitest';
import { unscanned } from '../support/environments.ts';
import { everyEnvironment, resourceOf, resourcesOf, statementsOf, synthesize } from '../support/synthesize.ts';

const synthesized = synthesize([...everyEnvironment, unscanned]);
const plan = 'AWS::GuardDuty::MalwareProtectionPlan';
const scanned = synthesized.filter(({ environment }) => environment.scanner === 'guardduty');
const bucketRef = { 'Fn::ImportValue': expect.stringContaining('RefDocumentsBucket') };

describe.each(scanned)('the scanner of $environment.name', ({ environment, service }) => {
  it('looks at every document, and writes its verdict on it', () => {
    expect(resourceOf(service, plan).Properties).toMatchObject({
      ProtectedResource: { S3Bucket: { BucketName: bucketRef, ObjectPrefixes: ['documents/'] } },
      Actions: { Tagging: { Status: 'ENABLED' } },
    });
  });

  it('works in a role that GuardDuty alone can take, whose policy is there before the plan', () => {
    const role = resourceOf(service, 'AWS::IAM::Role', 'Scanner');
    const policy = resourceOf(service, 'AWS::IAM::ManagedPolicy', 'Scanner');
    const trust = statementsOf(role, 'AssumeRolePolicyDocument');

    expect(role.Properties.RoleName).toBe(`sealdrop-${environment.name}-malware-scanner`);
    expect(role.Properties.ManagedPolicyArns).toEqual([{ Ref: policy.id }]);
    expect(trust).toMatchObject([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' },
      },
    ]);
    expect(resourceOf(service, plan)).toMatchObject({
      Properties: { Role: { 'Fn::GetAtt': [role.id, 'Arn'] } },
      DependsOn: [policy.id],
    });
  });

  it('may remove nothing, and write nothing but tags and the object that proves its access', () => {
    const statements = statementsOf(resourceOf(service, 'AWS::IAM::ManagedPolicy', 'Scanner'));
    const writing = statements.filter(({ Action }) => Action.some((action) => /^s3:(Put|Delete)Object/.test(action)));

    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith('s3:Delete'))).toEqual([]);
    expect(writing.map(({ Sid }) => Sid)).toEqual(['TagDocuments', 'ProveAccess']);
    expect(JSON.stringify(writing[1]?.Resource)).toContain('/malware-protection-resource-validation-object"');
  });

  it('tells of its verdicts through a rule for this bucket, whose queue admits it first', () => {
    const rule = resourceOf(service, 'AWS::Events::Rule', 'ScanResults');
    const queue = resourceOf(service, 'AWS::SQS::Queue', 'ScanResultsWorkQueue');
    const policy = resourceOf(service, 'AWS::SQS::QueuePolicy', 'ScanResultsWorkQueue');

    expect(rule.Properties).toMatchObject({
      Name: `sealdrop-${environment.name}-scan-results`,
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        detail: { s3ObjectDetails: { bucketName: [bucketRef] } },
      },
      Targets: [{ Id: 'Queue', Arn: { 'Fn::GetAtt': [queue.id, 'Arn'] } }],
    });
    expect(rule.DependsOn).toEqual([policy.id]);
  });
});

describe('an environment without a scanner', () => {
  const stage = synthesized.find(({ environment }) => environment === unscanned);
  if (!stage) throw new Error('It was not synthesized.');

  it('has no plan, no role for one and no switch for EventBridge', () => {
    const { NotificationConfiguration } = resourceOf(stage.data, 'AWS::S3::Bucket').Properties;

    expect(resourcesOf(stage.service, plan)).toEqual([]);
    expect(JSON.stringify(stage.service)).not.toContain('malware-protection-plan');
    expect(NotificationConfiguration).toEqual({ QueueConfigurations: [expect.anything()] });
  });

  it('says so to the functions that would wait for a verdict', () => {
    for (const name of ['recordupload', 'sweep'])
      expect(resourceOf(stage.service, 'AWS::Lambda::Function', name).Properties).toMatchObject({
        Environment: { Variables: { SCANNER: 'none' } },
      });
  });
});
