import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../aws-json/access.ts';
import { answerRefusal, guarded } from '../aws-json/guard.ts';
import { isRefusal } from '../aws-json/refusal.ts';
import type { Clock } from '../clock.ts';
import type { SecretPlan } from './plan.ts';
import { openSecret, type Secret } from './secret.ts';
import { runOperation, secretsManager } from './service.ts';
import { openSecretStore } from './store.ts';

export interface LocalSecretsManagerOptions extends Access {
  /** The SQLite file with all values; made where it is missing. */
  readonly file: string;
  readonly secrets: readonly SecretPlan[];
  readonly clock: Clock;
}

export interface LocalSecretsManager {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly origin: string;
  readonly secrets: readonly Secret[];
  close(): Promise<void>;
}

/** Secrets Manager on 127.0.0.1, at any free port. Values lie as they are in a file that only its owner may read. */
export const startLocalSecretsManager = async (options: LocalSecretsManagerOptions): Promise<LocalSecretsManager> => {
  const database = openSecretStore(options.file);
  const secrets = options.secrets.map((plan) => openSecret(plan, database, options.clock));
  const service = secretsManager(secrets);
  const server = createServer(
    guarded(service, options, (request, body, response) => {
      const result = runOperation(secrets, request.headersDistinct['x-amz-target']?.join(','), body);
      if (isRefusal(result)) return answerRefusal(response, service, result);
      response.writeHead(200, { 'Content-Type': service.contentType });
      response.end(JSON.stringify(result));
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    secrets,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      database.close();
    },
  };
};
