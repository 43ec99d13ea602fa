import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { key, region } from './server.ts';

const run = promisify(execFile);

/** No configuration of this machine, no instance metadata: a child knows nothing but the server it is given. */
const environmentOf = (origin: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  AWS_ENDPOINT_URL: origin,
  AWS_ACCESS_KEY_ID: key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_PAGER: '',
  NO_PROXY: '*',
});

/** Whether this machine has the program. */
export const isPresent = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Its standard output. Throws with its standard error where it fails. */
export async function runClient(origin: string, command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, { env: environmentOf(origin), maxBuffer: 16 * 1024 ** 2 });
  return stdout;
}
