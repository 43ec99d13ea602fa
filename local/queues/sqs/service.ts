import { parametersOf } from '../../aws-json/parameters.ts';
import type { AwsJsonService } from '../../aws-json/protocol.ts';
import { isRefusal, type Refusal, refuse } from '../../aws-json/refusal.ts';
import { type Call, operations, type QueueWorld, queueNameOf } from './operations.ts';

/** SQS as far as a redrive needs it: `X-Amz-Target: AmazonSQS.OPERATION`, JSON 1.0. */
export interface Sqs {
  readonly service: AwsJsonService;
  callOf(target: string | undefined, body: Buffer): Call | Refusal;
}

export const sqs = (world: () => QueueWorld): Sqs => {
  const callOf: Sqs['callOf'] = (target, body) => {
    const name = /^AmazonSQS\.(\w+)$/.exec(target ?? '')?.[1] ?? '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) {
      return refuse('UnknownOperationException', `The local SQS does not do ${target}. Use AWS to try it.`);
    }
    const parameters = parametersOf(body);
    if (parameters === undefined) return refuse('SerializationException', 'The body is no JSON object.');
    return operation(parameters, world());
  };
  return {
    callOf,
    service: {
      name: 'sqs',
      title: 'SQS',
      contentType: 'application/x-amz-json-1.0',
      bodySizeBytesMax: 1024 * 1024,
      wantedOf: (target, body) => {
        const call = callOf(target, body);
        if (isRefusal(call)) return call;
        return call.rights.map(({ action, queue }) => ({ action, resources: [queueNameOf(queue)], conditions: {} }));
      },
      errorOf: ({ code, message }) => ({ __type: `com.amazonaws.sqs#${code}`, message }),
    },
  };
};
