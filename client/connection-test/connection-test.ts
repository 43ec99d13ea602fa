import { contextOf } from '../context.ts';
import { createClient } from '../create-client.ts';
import { SealdropError } from '../errors.ts';
import { defaultTransport } from '../transport/transport.ts';
import { type Environment, readArguments, usage } from './arguments.ts';
import { type Found, type Step, StepError, steps, type Tools } from './steps.ts';

export interface Surroundings {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly environment: Environment;
}

/** 1: a step failed. 2: called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** Two tries: what fails twice in a second is what somebody wants to see. */
const retryPolicy = { attemptsMax: 2, baseMilliseconds: 500, capMilliseconds: 1000, retryAfterSecondsMax: 5 };

const line = (mark: string, name: string, said: string): string =>
  `${mark.padEnd(7)} ${name.padEnd(15)} ${said}`.trimEnd();

/** The sentence of an expected failure, with what of it helps support; errors that are bugs stay what they are. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof StepError) return error.message;
  if (!(error instanceof SealdropError)) throw error;
  const requestId = 'problem' in error ? ` (request ${(error.problem as { requestId: string }).requestId})` : '';
  return `${error.message}${requestId}`;
};

const runStep = async ({ name, run }: Step, tools: Tools, found: Found, { say, complain }: Surroundings) => {
  const begun = Date.now();
  try {
    const said = await run(tools, found);
    say(line('ok', name, `${Date.now() - begun} ms: ${said}`));
    return true;
  } catch (error) {
    complain(line('FAILED', name, sentenceOf(error)));
    return false;
  }
};

/** Lets a tiny document live through everything, and tells step by step how it went. It deletes the document again. */
export const connectionTest = async (argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> => {
  const { say, complain, environment } = surroundings;
  const asked = readArguments(argv, environment);
  if (asked === 'help') {
    say(usage);
    return 0;
  }
  if ('misuse' in asked) {
    complain(`${asked.misuse}\n\n${usage}`);
    return 2;
  }
  const options = { baseUrl: asked.baseUrl, token: () => asked.token, retryPolicy };
  const tools = { client: createClient(options), context: { ...contextOf(options), transport: defaultTransport() } };
  const found: Found = {};
  let hasFailed = false;
  for (const step of steps) {
    const canRun = !hasFailed || (step.cleansUp && found.document?.state === 'available');
    if (!canRun) say(line('skipped', step.name, ''));
    else if (!(await runStep(step, tools, found, surroundings))) hasFailed = true;
  }
  say(hasFailed ? '\nThe connection does not work yet: see the step that failed.' : '\nEverything works.');
  return hasFailed ? 1 : 0;
};
