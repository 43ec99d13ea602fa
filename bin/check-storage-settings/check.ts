import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type DeployedStorage, storageSettingsOf } from '../../contract/storage-settings.ts';
import { environments } from '../../lib/environments.ts';
import { names } from '../../lib/names.ts';

const stages = environments.map(({ name }) => name).join(', ');

export const usage = `Usage: npm run -s check-storage-settings -- --stage NAME --file FILE [--help]
  --stage NAME  the environment whose functions are to read it: one of ${stages}
  --file FILE   the text of the secret, as it is or will be in Secrets Manager; - reads it from standard input
  -h, --help    show this and do nothing else`;

export interface Surroundings {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** 1: the secret cannot be used. 2: called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

const deployedOf = (stage: string | undefined): DeployedStorage | undefined => {
  const environment = environments.find(({ name }) => name === stage);
  return environment && { ...environment, bucketName: names.documentsBucket(environment) };
};

/** The text, or a sentence on why it is not to be had. */
const readSecret = (file: string): { readonly secretText: string } | { readonly misuse: string } => {
  try {
    return { secretText: readFileSync(file === '-' ? 0 : file, 'utf8') };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { misuse: `${file} cannot be read (${error.code}). Check the path and who may read it.` };
  }
};

interface Asked {
  readonly deployed: DeployedStorage;
  readonly secretText: string;
}

const readArguments = (argv: readonly string[]): Asked | { readonly misuse: string } | 'help' => {
  try {
    const options = {
      stage: { type: 'string' },
      file: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { stage, file, help } = parseArgs({ args: [...argv], options }).values;
    if (help) return 'help';
    const deployed = deployedOf(stage);
    if (deployed === undefined) return { misuse: `Say for which environment: --stage is one of ${stages}.` };
    if (file === undefined) return { misuse: 'Say where the text of the secret is: --file is missing.' };
    const read = readSecret(file);
    return 'misuse' in read ? read : { deployed, ...read };
  } catch (error) {
    // parseArgs says what is wrong in words; anything else is a bug.
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { misuse: error.message };
  }
};

/** Says everything that is wrong with a secret of storage settings at once, and nothing of what it says. */
export const checkStorageSettings = (argv: readonly string[], { say, complain }: Surroundings): ExitCode => {
  const asked = readArguments(argv);
  if (asked === 'help') {
    say(usage);
    return 0;
  }
  if ('misuse' in asked) {
    complain(`${asked.misuse}\n\n${usage}`);
    return 2;
  }
  const settings = storageSettingsOf(asked.secretText, asked.deployed);
  if (!settings.ok) {
    for (const { field, detail } of settings.failure) complain(`${field}: ${detail}`);
    return 1;
  }
  const { retentionDays } = settings.value;
  say(
    `These settings can be used. ${retentionDays ? `What is declared without a class is kept ${retentionDays} days.` : 'They set no retention.'}`,
  );
  return 0;
};
