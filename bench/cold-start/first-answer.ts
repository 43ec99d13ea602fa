import { spawn } from 'node:child_process';

/** One function and the first event it gets. */
export interface FirstCall {
  /** A CommonJS file that exports `handler`. */
  readonly bundlePath: string;
  readonly event: unknown;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the answer is that of a request gone well: a function that fails fast is no fast function. */
  readonly isGood: (answer: unknown) => boolean;
}

/** What the Lambda runtime does, no more: load, call, hand over the answer (here: by descriptor 3), end. */
const invoke = `
const [bundle, event] = process.argv.slice(1);
const context = { awsRequestId: 'request-1', functionName: 'bench', getRemainingTimeInMillis: () => 10000 };
const { handler } = require(bundle);
handler(JSON.parse(event), context).then((answer) => {
  require('node:fs').writeSync(3, JSON.stringify(answer ?? null));
  process.exit(0);
});`;

/** Starts a process for the function and ends with its first answer. Throws where that is not a good one. */
export const firstAnswer = async ({ bundlePath, event, environment, isGood }: FirstCall): Promise<void> => {
  const { answer, output } = await run(['-e', invoke, bundlePath, JSON.stringify(event)], environment);
  if (answer === '' || !isGood(JSON.parse(answer))) {
    throw new Error(`${bundlePath} did not answer well: ${answer}\n${output}`);
  }
};

/** The least that Node can do: what every start pays. */
export const emptyProcess = async (): Promise<void> => {
  await run(['-e', '0'], {});
};

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ answer: string; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const texts = child.stdio.slice(1).map((stream) => {
      const chunks: string[] = [];
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
      return chunks;
    });
    child.on('error', reject);
    child.on('close', () => {
      const [out = '', err = '', answer = ''] = texts.map((chunks) => chunks.join(''));
      resolve({ answer, output: out + err });
    });
  });
