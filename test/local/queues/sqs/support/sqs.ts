import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { AccessRequest } from '../../../../../local/iam/types.ts';
import { openQueues } from '../../../../../local/queues/queues.ts';
import { startLocalSqs } from '../../../../../local/queues/sqs/server.ts';
import { shiftedClock } from '../../../../support/clock.ts';

const region = 'eu-central-1';
export const account = '111122223333';
export const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
export const [work, other, dead] = [arnOf('work'), arnOf('other'), arnOf('work-dead')];

export const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const principal = { arn: `arn:aws:iam::${account}:user/operator`, accountId: account };
const common = { delaySeconds: 0, visibilityTimeoutSeconds: 30, retentionSeconds: 345_600 };

/** A local SQS with a queue, its dead letters and another queue; its operator may do all but what is denied. */
export const startSqs = async () => {
  const clock = shiftedClock();
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-sqs-'));
  const redrive = { deadLetterQueueArn: dead, receiveCountMax: 5 };
  const configs = [
    { arn: work, ...common, redrive },
    { arn: other, ...common },
    { arn: dead, ...common },
  ];
  const queues = openQueues(configs, join(directory, 'queues.sqlite'), clock);
  const asked: AccessRequest[] = [];
  const denied = new Set<string>();
  const sqs = await startLocalSqs({
    region,
    clock,
    queues: configs.map(({ arn }) => queues.get(arn)),
    credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
    authorize: (request) => {
      asked.push(request);
      return denied.has(request.action) ? { allowed: false, reason: 'implicit-deny' } : { allowed: true };
    },
  });
  const client = (changes: object = {}) =>
    new SQSClient({ endpoint: sqs.origin, region, credentials, maxAttempts: 1, ...changes });
  return {
    origin: sqs.origin,
    queues,
    asked,
    denied,
    client,
    move: (SourceArn: string, DestinationArn?: string) =>
      client().send(new StartMessageMoveTaskCommand({ SourceArn, ...(DestinationArn && { DestinationArn }) })),
    close: async () => {
      await sqs.close();
      queues.close();
      rmSync(directory, { recursive: true });
    },
  };
};
