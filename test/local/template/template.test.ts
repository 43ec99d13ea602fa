import { describe, expect, it } from 'vitest';
import type { StackTemplate } from '../../../local/template/assembly.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { linkTemplate } from '../../../local/template/template.ts';

const stack = (stackName: string, template: JsonObject): StackTemplate => ({
  stackName,
  account: '111122223333',
  region: 'eu-central-1',
  template,
  assets: new Map([['abc.zip', '/assembly/asset.abc']]),
});

const queue = (properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::SQS::Queue', Properties: properties });

/** What an expression stands for, read from the name of a queue. */
const meaningOf = (
  expression: JsonObject,
  resources: JsonObject = {},
  sections: JsonObject = {},
): string | undefined => {
  const template = { Resources: { Subject: queue({ QueueName: expression }), ...resources }, ...sections };
  const [subject] = linkTemplate([stack('data', template)]).all('AWS::SQS::Queue');
  return subject?.attribute('QueueName');
};

describe('expressions', () => {
  const other = { Other: queue({ QueueName: 'other' }) };

  it.each<[string, JsonObject, string]>([
    ['Ref of a resource', { Ref: 'Other' }, 'https://sqs.eu-central-1.amazonaws.com/111122223333/other'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Other', 'QueueName'] }, 'other'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Other.Arn' }, 'arn:aws:sqs:eu-central-1:111122223333:other'],
    ['Fn::Sub', { 'Fn::Sub': `a-\${AWS::AccountId}-\${Other.QueueName}-\${!kept}` }, `a-111122223333-other-\${kept}`],
    ['Fn::Sub with variables', { 'Fn::Sub': [`\${A}-\${A}`, { A: { Ref: 'AWS::Partition' } }] }, 'aws-aws'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::StackName' }, 1]] }, 'a-data-1'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['Fn::If with a false condition', { 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    ['a list item that is not there', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a-b'],
  ])('%s', (_, expression, expected) => {
    const conditions = {
      Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    };
    expect(meaningOf(expression, other, { Conditions: conditions })).toBe(expected);
  });

  it('leaves a property out that is AWS::NoValue', () => {
    const { all } = linkTemplate([
      stack('data', { Resources: { Q: queue({ VisibilityTimeout: { Ref: 'AWS::NoValue' } }) } }),
    ]);
    expect(all('AWS::SQS::Queue')[0]?.config.VisibilityTimeout).toBe(30);
  });

  it.each<[string, JsonObject]>([
    ['Fn::ImportValue', { 'Fn::ImportValue': 'exported' }],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Name', Region: 'eu-central-1' } }],
  ])('%s reads another stack, in whatever order they come', (_, expression) => {
    const giving = stack('data', {
      Resources: other,
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Other', 'QueueName'] }, Export: { Name: 'exported' } } },
    });
    const taking = stack('service', { Resources: { Q: queue({ QueueName: expression }) } });
    const names = linkTemplate([taking, giving])
      .all('AWS::SQS::Queue')
      .map(({ attribute }) => attribute('QueueName'));
    expect(names).toEqual(['other', 'other']);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['an unknown function', { 'Fn::Base64': 'a' }, /data\/Subject\.QueueName: Fn::Base64 is not emulated/],
    ['a resource that is not there', { Ref: 'Nobody' }, /data has no resource Nobody/],
    ['an attribute nobody knows', { 'Fn::GetAtt': ['Other', 'Colour'] }, /data\/Other .* attribute Colour/],
    ['an export that is not there', { 'Fn::ImportValue': 'nothing' }, /nothing, which no stack exports/],
    ['a condition that is not there', { 'Fn::If': ['Maybe', 'a', 'b'] }, /data has no condition Maybe/],
    ['a list where a text belongs', { 'Fn::Join': ['-', [['a']]] }, /a text is expected/],
    ['an index out of range', { 'Fn::Select': [3, ['a']] }, /Fn::Select finds no value number 3/],
  ])('stops at %s', (_, expression, message) => {
    expect(() => meaningOf(expression, other)).toThrow(message);
  });
});

describe('resources', () => {
  const link = (resource: JsonObject) => linkTemplate([stack('data', { Resources: { Thing: resource } })]);

  it('names a resource the same at every start where the template does not', () => {
    const name = () => link(queue()).all('AWS::SQS::Queue')[0]?.attribute('QueueName');
    expect(name()).toMatch(/^data-Thing-[0-9a-f]{12}$/);
    expect(name()).toBe(name());
  });

  it('stops at a type it does not know, and names it', () => {
    expect(() => link({ Type: 'AWS::SNS::Subscription', Properties: {} })).toThrow(
      /Thing is an AWS::SNS::Subscription/,
    );
  });

  it('stops at a property it does not know, and names it', () => {
    expect(() => link(queue({ FifoQueue: true }))).toThrow(/data\/Thing \(AWS::SQS::Queue\).*FifoQueue/);
  });

  it('stops at a value it does not emulate, and says where', () => {
    const table = {
      Type: 'AWS::DynamoDB::Table',
      Properties: { BillingMode: 'PROVISIONED', KeySchema: [], AttributeDefinitions: [] },
    };
    expect(() => link(table)).toThrow(/data\/Thing \(AWS::DynamoDB::Table\), property BillingMode/);
  });

  it('stops at a function that may never run, where calls would wait for ever', () => {
    const Properties = {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: 'r',
      Code: { S3Bucket: 'b', S3Key: 'k' },
      ReservedConcurrentExecutions: 0,
    };
    expect(() => link({ Type: 'AWS::Lambda::Function', Properties })).toThrow(/ReservedConcurrentExecutions/);
  });

  it('tells what it does not run', () => {
    const { inert, all } = link({ Type: 'AWS::CloudTrail::Trail', Properties: { Anything: true } });
    expect(inert.get('AWS::CloudTrail::Trail')).toMatch(/audit trail/);
    expect(all('AWS::SQS::Queue')).toEqual([]);
  });

  it('tells what it does not run of what it runs, where it is given', () => {
    const of = (Properties: JsonObject) => [...link({ Type: 'AWS::S3::Bucket', Properties }).inert];
    expect(of({ LoggingConfiguration: {}, Tags: [] })).toEqual([
      ['AWS::S3::Bucket LoggingConfiguration', 'no access logs are written'],
    ]);
    expect(of({ BucketEncryption: { ServerSideEncryptionConfiguration: [] } })).toEqual([
      ['AWS::S3::Bucket BucketEncryption', expect.stringContaining('as it is')],
    ]);
    expect(of({})).toEqual([]);
  });

  it('leaves a resource out whose condition is false', () => {
    const template = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Thing: { ...queue(), Condition: 'Never' } },
    };
    expect(linkTemplate([stack('data', template)]).all('AWS::SQS::Queue')).toEqual([]);
  });

  it('finds the folder of an asset', () => {
    const template = link(queue());
    expect(template.asset('abc.zip')).toBe('/assembly/asset.abc');
    expect(() => template.asset('def.zip')).toThrow('no asset def.zip');
  });
});
