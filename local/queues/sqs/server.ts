import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../../aws-json/access.ts';
import { answerRefusal, guarded } from '../../aws-json/guard.ts';
import { isRefusal } from '../../aws-json/refusal.ts';
import type { Clock } from '../../clock.ts';
import type { Queue } from '../queue.ts';
import { createMoveTasks } from './move-tasks.ts';
import { sqs } from './service.ts';

export interface LocalSqsOptions extends Access {
  readonly queues: readonly Queue[];
  readonly clock: Clock;
}

export interface LocalSqs {
  /** For `AWS_ENDPOINT_URL_SQS`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** SQS on 127.0.0.1, at any free port, for operators: functions get their messages from Lambda. */
export const startLocalSqs = async (options: LocalSqsOptions): Promise<LocalSqs> => {
  const tasks = createMoveTasks(options.clock);
  let origin = '';
  const { service, callOf } = sqs(() => ({ queues: options.queues, tasks, origin }));
  const server = createServer(
    guarded(service, options, (request, body, response) => {
      const call = callOf(request.headersDistinct['x-amz-target']?.join(','), body);
      const result = isRefusal(call) ? call : call.run();
      if (isRefusal(result)) return answerRefusal(response, service, result);
      response.writeHead(200, { 'Content-Type': service.contentType });
      response.end(JSON.stringify(result));
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
