import { statSync } from 'node:fs';
import { bundleFunctions } from '../../lib/bundles.ts';
import { startAwsStub } from '../cold-start/aws-stub.ts';
import { uploadRequest } from '../cold-start/cases.ts';
import { awsEnvironment } from '../cold-start/environment.ts';
import { emptyProcess, type FirstCall, firstAnswer } from '../cold-start/first-answer.ts';
import { firstCalls, issuerKeyPair } from '../cold-start/first-calls.ts';
import { compare } from '../compare.ts';
import type { Contender } from '../measure.ts';
import { bundlePeer } from '../peers/bundle.ts';
import type { Findings } from './bench.ts';

const contender = (name: string, call: FirstCall): Contender => ({
  name,
  call: () => firstAnswer(call),
  sizeBytes: statSync(call.bundlePath).size,
});

const peer = (name: string, file: Parameters<typeof bundlePeer>[0], origin: string): Contender =>
  contender(name, { ...uploadRequest, bundlePath: bundlePeer(file), environment: awsEnvironment(origin) });

export const run = async (): Promise<Findings> => {
  const { published, privateKey } = await issuerKeyPair();
  await using stub = await startAwsStub(published);
  const own = await firstCalls(bundleFunctions(), { origin: stub.origin, privateKey });
  const group = await compare({
    name: 'process start to first answer',
    contenders: [
      { name: 'an empty process (node -e 0)', call: emptyProcess },
      peer('peer: no-op handler', 'no-op', stub.origin),
      peer('peer: upload by the AWS SDK, CDK default bundle', 'sdk-upload', stub.origin),
      ...own.map(({ name, call }) => contender(name, call)),
    ],
    plan: { warmUpRounds: 2, rounds: 25, sampleMsMin: 0 },
    unit: 'ms',
    ratio: 'time',
  });
  return { unit: 'ms', ratio: 'time', groups: [group] };
};
