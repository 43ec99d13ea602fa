import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { OperatorAccess, operatorFileName } from '../../contract/operator.ts';
import { localName } from '../../lib/environment.ts';
import { environments } from '../../lib/environments.ts';
import type { RedriveSettings } from './arguments.ts';
import { Problem } from './problem.ts';

/** SQS of a stage, and in which account its queues have to be. */
export interface Connection {
  readonly client: SQSClient;
  readonly account: string;
  readonly region: string;
}

/** A local cloud says in its data folder where it is; it takes the file away when it ends. */
const connectLocally = (dataDirectory: string): Connection => {
  const file = join(dataDirectory, operatorFileName);
  if (!existsSync(file)) {
    throw new Problem(
      `No Sealdrop is running on ${dataDirectory}. Start it with npm start, or give its data folder with --data.`,
    );
  }
  const { sqsOrigin, account, region, ...credentials } = z.parse(
    OperatorAccess,
    JSON.parse(readFileSync(file, 'utf8')),
  );
  return { client: new SQSClient({ endpoint: sqsOrigin, region, credentials }), account, region };
};

/** Of the environments, with the credentials that every AWS tool would use. */
export const connect = ({ stage, dataDirectory }: RedriveSettings): Connection => {
  if (stage === localName) return connectLocally(dataDirectory);
  const environment = environments.find(({ name }) => name === stage);
  if (environment === undefined) throw new Error(`There is no stage ${stage}.`);
  const { account, region } = environment;
  return { client: new SQSClient({ region }), account, region };
};
