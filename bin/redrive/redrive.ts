import type { QueueName } from '../../contract/queues.ts';
import { names } from '../../lib/names.ts';
import { type RedriveSettings, readArguments, usage } from './arguments.ts';
import { type Connection, connect } from './connect.ts';
import { explained, Problem } from './problem.ts';
import { lookAt, moveBack, type Wait } from './redrive-queue.ts';

export interface Surroundings {
  readonly wait: Wait;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** 1: something did not work. 2: called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

const counted = (count: number): string => (count === 1 ? '1 dead letter' : `${count} dead letters`);

const redriveOne = async (
  connection: Connection,
  deadLetters: string,
  { name, dryRun }: { readonly name: QueueName; readonly dryRun: boolean },
  { say, wait }: Surroundings,
): Promise<void> => {
  const { arn, visible, held } = await lookAt(connection, deadLetters);
  say(`${name}: ${counted(visible)}${held > 0 ? `, and ${held} that someone is looking at` : ''}`);
  if (dryRun || visible === 0) return;
  const { status, count, failureReason } = await moveBack(connection.client, arn, wait);
  if (status !== 'COMPLETED')
    throw new Problem(
      `${name}: after ${counted(count)} the move ended as ${status}${failureReason ? `: ${failureReason}` : ''}.`,
    );
  say(`${name}: moved ${counted(count)} back`);
};

/** Every queue is tried, whatever became of the one before. */
const redriveAll = async (
  { stage, queues, dryRun, ...settings }: RedriveSettings,
  surroundings: Surroundings,
): Promise<ExitCode> => {
  const connection = connect({ stage, queues, dryRun, ...settings });
  let exitCode: ExitCode = 0;
  for (const name of queues) {
    const deadLetters = names.deadLetters({ name: stage }, name);
    try {
      await redriveOne(connection, deadLetters, { name, dryRun }, surroundings);
    } catch (error) {
      const problem = explained(error, deadLetters, connection);
      if (!(problem instanceof Problem)) throw problem;
      surroundings.complain(problem.message);
      exitCode = 1;
    }
  }
  return exitCode;
};

/**
 * `npm run redrive`: gives the dead letters of a stage back to their queues. Handlers meet an event again as they meet
 * every event twice, so it does no harm to redrive too often.
 */
export const redrive = async (argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> => {
  const settings = readArguments(argv);
  if (settings === 'help') {
    surroundings.say(usage);
    return 0;
  }
  if ('misuse' in settings) {
    surroundings.complain(`${settings.misuse}\n${usage}`);
    return 2;
  }
  try {
    return await redriveAll(settings, surroundings);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    surroundings.complain(error.message);
    return 1;
  }
};
