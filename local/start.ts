import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { profileNames, profiles } from '../profiles/index.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';
import { PolicyError } from './iam/policy-error.ts';
import { people } from './identity/people.ts';
import { listen } from './listener.ts';
import { exampleDirectories } from './page/build.ts';
import { StartProblem } from './problem.ts';
import { TemplateError } from './template/errors.ts';

const exampleNames = [...exampleDirectories.keys()].join(', ');

const usage = `Usage: npm start -- [--port N] [--data DIR] [--profile NAME] [--example NAME] [--fresh] [--help]
  --port N        where the page and the API are served, 0 for any free port; S3 gets the next one (default 8080)
  --data DIR      where everything is kept (default .sealdrop)
  --profile NAME  what is accepted and how long it is kept, one of: ${profileNames}
  --example NAME  serve an example in place of the page, one of: ${exampleNames}
  --fresh         empty the data folder first (default: keep what is in it)
  -h, --help      show this and do nothing else`;

/** Without the `--`, npm keeps the names of options to itself and hands on their values. */
const separatorHint = 'Options of Sealdrop come after --: npm start -- --port 28090';

const portMax = 65_534;

interface Settings {
  readonly port: number;
  readonly dataDirectory: string;
  readonly profile: string;
  readonly pageSourceDirectory: string | undefined;
  readonly fresh: boolean;
}

const readArguments = (argv: readonly string[]): Settings | { readonly misuse: string } | 'help' => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '8080' },
        data: { type: 'string', default: join(import.meta.dirname, '..', '.sealdrop') },
        profile: { type: 'string', default: 'default' },
        example: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > portMax)
      return { misuse: `${values.port} is not a port (0 to ${portMax}).` };
    if (values.data === '') return { misuse: 'Give --data a folder.' };
    if (!profiles.has(values.profile))
      return { misuse: `There is no profile ${values.profile}. Give --profile one of: ${profileNames}.` };
    const pageSourceDirectory = exampleDirectories.get(values.example ?? '');
    if (values.example !== undefined && pageSourceDirectory === undefined)
      return { misuse: `There is no example ${values.example}. Give --example one of: ${exampleNames}.` };
    const { profile, fresh } = values;
    return { port, dataDirectory: resolve(values.data), profile, pageSourceDirectory, fresh };
  } catch (cause) {
    // parseArgs says what is wrong with the arguments; anything else is a bug.
    if (!(cause instanceof TypeError && 'code' in cause)) throw cause;
    const isPositional = cause.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    return { misuse: isPositional ? `${cause.message}\n${separatorHint}` : cause.message };
  }
};

const announce = ({ origin, s3Origin, template }: LocalCloud, { dataDirectory }: Settings): string => {
  const width = Math.max(...people.map(({ name }) => name.length));
  const names = people.map(
    ({ name, displayName, tenantName }) => `  ${name.padEnd(width)}  ${displayName}, ${tenantName}`,
  );
  const inert = [...template.inert].map(([type, reason]) => `  ${type}: ${reason}`);
  return [
    'People to sign in as:',
    ...names,
    `S3: ${s3Origin}`,
    `Data and logs of the functions: ${dataDirectory}`,
    'In the template, but not run here:',
    ...inert,
    `Sealdrop is ready at ${origin}`,
  ].join('\n');
};

/** Problems that a person can do something about are one sentence; anything else is a bug and throws. */
const isProblem = (cause: unknown): cause is Error =>
  cause instanceof StartProblem || cause instanceof TemplateError || cause instanceof PolicyError;

/** Before anything is on disk: a start that cannot have its ports claims no data folder. */
const tryPorts = async (port: number): Promise<void> => {
  // Any free ones, so there is nothing to try.
  if (port === 0) return;
  await (await listen(port)).close();
  await (await listen(port + 1, ', where S3 would be,')).close();
};

const run = async (settings: Settings): Promise<void> => {
  const stopping = new AbortController();
  const stop = () => {
    // A second signal ends the process at once.
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    stopping.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await tryPorts(settings.port);
  console.log('Synthesizing the app and building the page …');
  const cloud = await startLocalCloud({ ...settings, signal: stopping.signal });
  if (!stopping.signal.aborted) {
    console.log(announce(cloud, settings));
    await new Promise((proceed) => stopping.signal.addEventListener('abort', proceed));
  }
  await cloud.close();
};

const settings = readArguments(process.argv.slice(2));
if (settings === 'help') {
  console.log(usage);
} else if ('misuse' in settings) {
  console.error(`${settings.misuse}\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    await run(settings);
  } catch (cause) {
    if (isProblem(cause)) {
      console.error(cause.message);
      process.exitCode = 1;
    } else if (!(cause instanceof Error && cause.name === 'AbortError')) {
      throw cause;
    }
  }
}
