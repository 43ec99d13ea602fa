import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { endpoints, personGrantType } from './identity/names.ts';
import { findPerson, personNames } from './identity/people.ts';

/** What a command leaves behind: `output` for stdout on success, a sentence for stderr otherwise. */
export type CommandResult =
  | { readonly exitCode: 0; readonly output: string }
  /** 1: it did not work. 2: it was called in a wrong way. */
  | { readonly exitCode: 1 | 2; readonly problem: string };

const usage = `Usage: npm run -s token -- --as NAME [--port N] [--help]
  --as NAME   who the token is for: one of ${personNames}
  --port N    where Sealdrop runs (default 8080)
  -h, --help  show this and do nothing else`;

/** Without the `--`, npm keeps the names of options to itself and hands on their values. */
const separatorHint = 'Options of Sealdrop come after --: npm run -s token -- --as patient-north';

const timeoutMs = 5000;

const misuse = (sentence: string): CommandResult => ({ exitCode: 2, problem: `${sentence}\n${usage}` });
const failure = (problem: string): CommandResult => ({ exitCode: 1, problem });

const readArguments = (argv: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        as: { type: 'string' },
        port: { type: 'string', default: '8080' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { values };
  } catch (error) {
    // parseArgs says what is wrong with the arguments; anything else is a bug.
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    const isPositional = error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    return { problem: isPositional ? `${error.message}\n${separatorHint}` : error.message };
  }
};

const TokenAnswer = z.object({ access_token: z.string().check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)) });

const isNobodyListening = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED';

const askForToken = async (person: string, port: number): Promise<CommandResult> => {
  const origin = `http://127.0.0.1:${port}`;
  try {
    const response = await fetch(`${origin}/identity${endpoints.token}`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: personGrantType, person }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = TokenAnswer.safeParse(await response.json());
    if (response.ok && answer.success) return { exitCode: 0, output: answer.data.access_token };
  } catch (error) {
    if (isNobodyListening(error)) {
      return failure(`No Sealdrop is running at ${origin}. Start it with npm start, or give its port with --port N.`);
    }
  }
  return failure(
    `What runs at ${origin} does not answer like a Sealdrop of this version. Give its port with --port N.`,
  );
};

/** Asks the local cloud on this machine for a bearer token of one of its people. */
export const fetchToken = async (argv: readonly string[]): Promise<CommandResult> => {
  const { values, problem } = readArguments(argv);
  if (values === undefined) return misuse(problem);
  if (values.help) return { exitCode: 0, output: usage };
  if (values.as === undefined) return misuse('Say who the token is for.');
  if (findPerson(values.as) === undefined) return misuse(`There is no ${values.as}.`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535)
    return misuse(`${values.port} is not a port (1 to 65535).`);
  return askForToken(values.as, port);
};

if (import.meta.main) {
  const result = await fetchToken(process.argv.slice(2));
  if (result.exitCode === 0) process.stdout.write(`${result.output}\n`);
  else process.stderr.write(`${result.problem}\n`);
  process.exitCode = result.exitCode;
}
