import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AccountKey } from './accounts.ts';

export const credentialsVariable = 'SEALDROP_S3_CREDENTIALS';

export const usage = `Usage: npm run local:s3 -- [--port N] [--data DIR] [--region NAME] --credentials ID:SECRET[,ID:SECRET] [--control N] [--help]
  --port N       where S3 is served, 0 for any free port (default 9000)
  --data DIR     where everything is kept (default .sealdrop-s3)
  --region NAME  of the endpoint (default us-east-1, from where buckets can be made in all regions)
  --credentials  access keys, each an account of its own that owns the buckets it makes; in the environment variable
                 ${credentialsVariable} they do not show in the list of processes
  --control N    opens the control surface for tests on this port, 0 for any free one (default: there is none)
  -h, --help     show this and do nothing else`;

/** Without the `--`, npm keeps the names of options to itself and hands on their values. */
const separatorHint = 'Options come after --: npm run local:s3 -- --port 9001';

const portMax = 65_535;

export interface Settings {
  readonly port: number;
  readonly dataDirectory: string;
  readonly region: string;
  readonly credentials: readonly AccountKey[];
  readonly control?: { readonly port: number };
}

type Reading = Settings | { readonly misuse: string } | 'help';

/** Sentences of misuse never repeat what may be a secret. */
export function readCommandLine(argv: readonly string[], environment: NodeJS.ProcessEnv): Reading {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '9000' },
        data: { type: 'string', default: join(import.meta.dirname, '..', '..', '.sealdrop-s3') },
        region: { type: 'string', default: 'us-east-1' },
        credentials: { type: 'string' },
        control: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const noPort = [values.port, values.control ?? '0'].find((port) => !/^\d+$/.test(port) || Number(port) > portMax);
    if (noPort !== undefined) return { misuse: `${noPort} is not a port (0 to ${portMax}).` };
    if (values.data === '') return { misuse: 'Give --data a folder.' };
    if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(values.region)) return { misuse: `${values.region} is not a region of AWS.` };
    const credentials = readCredentials(values.credentials ?? environment[credentialsVariable] ?? '');
    if ('misuse' in credentials) return credentials;
    return {
      port: Number(values.port),
      dataDirectory: resolve(values.data),
      region: values.region,
      credentials,
      ...(values.control !== undefined && { control: { port: Number(values.control) } }),
    };
  } catch (cause) {
    // parseArgs says what is wrong with the arguments; anything else is a bug.
    if (!(cause instanceof TypeError && 'code' in cause)) throw cause;
    const isPositional = cause.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    return { misuse: isPositional ? `There is an argument without an option. ${separatorHint}` : cause.message };
  }
}

function readCredentials(text: string): readonly AccountKey[] | { readonly misuse: string } {
  if (text === '') return { misuse: `Give --credentials ID:SECRET, or set ${credentialsVariable}.` };
  const keys: AccountKey[] = [];
  for (const [index, pair] of text.split(',').entries()) {
    const [, accessKeyId, secretAccessKey] = /^(\w{3,128}):(\S+)$/.exec(pair) ?? [];
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      return { misuse: `Credential ${index + 1} is not ID:SECRET, where the id is 3 to 128 letters and digits.` };
    }
    if (keys.some((key) => key.accessKeyId === accessKeyId))
      return { misuse: `There are two secrets for ${accessKeyId}.` };
    keys.push({ accessKeyId, secretAccessKey });
  }
  return keys;
}
