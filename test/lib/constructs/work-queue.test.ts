import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../../contract/functions.ts';
import { type QueueName, queueNames } from '../../../contract/queues.ts';
import { functionSettings } from '../../../lib/function-settings.ts';
import {
  type Resource,
  resourceOf,
  resourcesOf,
  type Synthesized,
  statementsOf,
  synthesize,
} from '../support/synthesize.ts';

const consumers: Readonly<Record<QueueName, FunctionName>> = {
  uploads: 'record-upload',
  'scan-results': 'apply-scan-result',
};

const queueOf = ({ data, service }: Synthesized, name: string): Resource & { readonly id: string } => {
  const queues = [data, service].flatMap((template) => resourcesOf(template, 'AWS::SQS::Queue'));
  const [queue, ...others] = queues.filter(({ Properties }) => Properties.QueueName === name);
  if (!queue || others.length > 0) throw new Error(`One queue ${name} was expected.`);
  return queue;
};

const idsIn = (value: unknown): string => JSON.stringify(value);

describe.each(synthesize())('the work queues of $environment.name', (stage) => {
  const { environment, data, service } = stage;
  const policies = [data, service].flatMap((template) => resourcesOf(template, 'AWS::SQS::QueuePolicy'));

  const allowedOn = (id: string) =>
    policies
      .filter(({ Properties }) => idsIn(Properties.Queues).includes(`"${id}"`))
      .flatMap((policy) => statementsOf(policy))
      .filter(({ Effect }) => Effect === 'Allow');

  it('are those of the contract, each with dead letters of its own, by names that the redrive knows', () => {
    const named = [data, service].flatMap((template) =>
      resourcesOf(template, 'AWS::SQS::Queue').map(({ Properties }) => Properties.QueueName),
    );

    expect(named.sort()).toEqual(
      queueNames
        .flatMap((name) => [name, `${name}-dead-letters`])
        .map((name) => `sealdrop-${environment.name}-${name}`)
        .sort(),
    );
  });

  it.each(queueNames)(
    '%s gives a message five tries of six timeouts, then two weeks among its dead letters',
    (name) => {
      const queue = queueOf(stage, `sealdrop-${environment.name}-${name}`);
      const deadLetters = queueOf(stage, `sealdrop-${environment.name}-${name}-dead-letters`);

      expect(queue.Properties).toMatchObject({
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 6 * functionSettings[consumers[name]].timeoutSeconds,
        RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } },
      });
      expect(deadLetters.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      expect(deadLetters.Properties).not.toHaveProperty('RedrivePolicy');
    },
  );

  it.each(queueNames)('%s goes ten at a time to its function, which says which of them failed', (name) => {
    const { id } = queueOf(stage, `sealdrop-${environment.name}-${name}`);
    const lambda = resourceOf(service, 'AWS::Lambda::Function', consumers[name].replaceAll('-', ''));
    const mappings = resourcesOf(service, 'AWS::Lambda::EventSourceMapping');
    const mapping = mappings.find(({ Properties }) => idsIn(Properties.FunctionName).includes(`"${lambda.id}"`));

    expect(mappings).toHaveLength(queueNames.length);
    expect(mapping?.Properties).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(idsIn(mapping?.Properties.EventSourceArn)).toContain(id);
  });

  it('let nobody in without TLS', () => {
    expect(policies).toHaveLength(2 * queueNames.length);
    for (const policy of policies) {
      expect(statementsOf(policy)).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: ['sqs:*'],
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    }
  });

  it('let nobody send uploads but this bucket, nor results of scans but this rule, nor dead letters at all', () => {
    const sender = (name: string) => allowedOn(queueOf(stage, `sealdrop-${environment.name}-${name}`).id);
    const { account, region } = environment;
    const bucketName = resourceOf(data, 'AWS::S3::Bucket').Properties.BucketName;

    expect(sender('uploads')).toMatchObject([
      {
        Action: ['sqs:SendMessage'],
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${bucketName}` },
          StringEquals: { 'aws:SourceAccount': account },
        },
      },
    ]);
    expect(sender('scan-results')).toMatchObject([
      {
        Action: ['sqs:SendMessage'],
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          ArnEquals: {
            'aws:SourceArn': `arn:aws:events:${region}:${account}:rule/sealdrop-${environment.name}-scan-results`,
          },
        },
      },
    ]);
    expect(queueNames.flatMap((name) => sender(`${name}-dead-letters`))).toEqual([]);
  });
});
