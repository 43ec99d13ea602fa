import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type QueueName, queueNames } from '../../contract/queues.ts';
import { localName } from '../../lib/environment.ts';
import { environments } from '../../lib/environments.ts';

const stages = [...environments.map(({ name }) => name), localName];

export const usage = `Usage: npm run -s redrive -- --stage NAME [--queue NAME] [--dry-run] [--data DIR] [--help]
  --stage NAME  whose dead letters: one of ${stages.join(', ')}
  --queue NAME  of this queue alone: one of ${queueNames.join(', ')} (default: of all)
  --dry-run     count them and move nothing
  --data DIR    the data folder of the local cloud, for --stage ${localName} (default .sealdrop)
  -h, --help    show this and do nothing else`;

/** Without the `--`, npm keeps the names of options to itself and hands on their values. */
const separatorHint = 'Options come after --: npm run -s redrive -- --stage dev';

export interface RedriveSettings {
  readonly stage: string;
  readonly queues: readonly QueueName[];
  readonly dryRun: boolean;
  readonly dataDirectory: string;
}

const isQueueName = (name: string): name is QueueName => queueNames.some((known) => known === name);

export const readArguments = (argv: readonly string[]): RedriveSettings | { readonly misuse: string } | 'help' => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        stage: { type: 'string' },
        queue: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        data: { type: 'string', default: join(import.meta.dirname, '../..', '.sealdrop') },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { stage, queue, 'dry-run': dryRun, data: dataDirectory, help } = values;
    if (help) return 'help';
    if (stage === undefined) return { misuse: 'Say whose dead letters: --stage is missing.' };
    if (!stages.includes(stage)) return { misuse: `There is no stage ${stage}.` };
    if (queue !== undefined && !isQueueName(queue)) return { misuse: `There is no queue ${queue}.` };
    return { stage, queues: queue === undefined ? queueNames : [queue], dryRun, dataDirectory };
  } catch (error) {
    // parseArgs says what is wrong with the arguments; anything else is a bug.
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    const isPositional = error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    return { misuse: isPositional ? `${error.message}\n${separatorHint}` : error.message };
  }
};
