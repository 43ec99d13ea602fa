import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartProblem } from './problem.ts';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/**
 * The environment of the CDK CLI: ours without anything of AWS's, so that no profile, credential or endpoint of the
 * person's shell has a say, and without its calls to the network.
 */
const cliEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_)/.test(name))),
  AWS_CONFIG_FILE: join(root, 'no-such-file'),
  AWS_SHARED_CREDENTIALS_FILE: join(root, 'no-such-file'),
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
  // `node` in cdk.json is the Node that runs this.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
});

/**
 * Synthesizes the environment `local` into a folder, as `npx cdk synth` does, but for CDK's validation of the template:
 * it takes longer than all the rest, and what it finds, the local cloud's own reading or the checks of the project find.
 * @throws StartProblem with the last lines of what CDK said.
 */
export const synthesize = async (
  { origin, profile }: { readonly origin: string; readonly profile?: string | undefined },
  outputDirectory: string,
  signal?: AbortSignal,
): Promise<void> => {
  rmSync(outputDirectory, { recursive: true, force: true });
  const child = spawn(
    process.execPath,
    [
      cli,
      'synth',
      '--quiet',
      '--no-notices',
      '--no-validation',
      '--output',
      outputDirectory,
      '--context',
      `sealdrop:local-origin=${origin}`,
      ...(profile === undefined ? [] : ['--context', `sealdrop:local-profile=${profile}`]),
    ],
    { cwd: root, env: cliEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], ...(signal && { signal }) },
  );
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [exitCode, output] = await Promise.all([exited, text(child.stderr)]);
  if (exitCode !== 0) {
    throw new StartProblem(
      `The app does not synthesize. CDK says:\n${output.trim().split('\n').slice(-12).join('\n')}`,
    );
  }
};
