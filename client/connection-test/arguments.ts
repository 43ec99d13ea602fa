import { parseArgs } from 'node:util';

export const usage = `Usage: npm run -s connection-test -- --url URL [--token TOKEN] [--help]
  --url URL      where the API answers, the stage's path included
  --token TOKEN  an access token; better in the variable SEALDROP_TOKEN, which lists of processes do not show
  -h, --help     show this and do nothing else`;

export interface Asked {
  readonly baseUrl: string;
  readonly token: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const readArguments = (
  argv: readonly string[],
  environment: Environment,
): Asked | { readonly misuse: string } | 'help' => {
  try {
    const options = {
      url: { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { url, token = environment.SEALDROP_TOKEN, help } = parseArgs({ args: [...argv], options }).values;
    if (help) return 'help';
    const protocol = url === undefined ? undefined : URL.parse(url)?.protocol;
    if (url === undefined || (protocol !== 'https:' && protocol !== 'http:'))
      return { misuse: 'Say where the API answers: --url is missing, or not a URL.' };
    if (!token) return { misuse: 'Give an access token by --token or in SEALDROP_TOKEN.' };
    return { baseUrl: url, token };
  } catch (error) {
    // parseArgs says what is wrong with the arguments; anything else is a bug.
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return { misuse: error.message };
  }
};
