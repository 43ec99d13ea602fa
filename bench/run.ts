import { parseArgs } from 'node:util';
import type { Findings } from './benches/bench.ts';
import { tableOf, thisMachine } from './report.ts';
import { uploadParts } from './upload/parts.ts';

interface Bench {
  readonly about: string;
  /** Loaded when asked for: each brings peers that are slow to load. */
  readonly load: () => Promise<{ run: (only?: string) => Promise<Findings> }>;
  /** What `--only` takes. @default - the bench is one */
  readonly parts?: readonly string[];
}

const benches: Readonly<Record<string, Bench>> = {
  sign: {
    about: 'signing the hardened PUT, 10,000 parts and a form, against the AWS SDK; takes two minutes',
    load: () => import('./benches/sign.ts'),
  },
  'cold-start': {
    about: 'process start to first answer of each function, against an empty process',
    load: () => import('./benches/cold-start.ts'),
  },
  cost: {
    about: 'what a document costs on AWS, counted on the emulators',
    load: () => import('./benches/cost.ts'),
  },
  lists: {
    about: 'what a page of a list reads, among 100 to 1,000,000 documents, counted on the emulator; takes minutes',
    load: () => import('./benches/lists.ts'),
  },
  'local-s3': {
    about: 'uploads to the local S3, against a server that checks nothing and against moto',
    load: () => import('./benches/local-s3.ts'),
  },
  upload: {
    about: 'uploads in Chromium and Node, against Uppy and lib-storage; takes ten minutes',
    load: () => import('./benches/upload.ts'),
    parts: uploadParts,
  },
};

const usage = [
  'Usage: npm run -s bench -- NAME [--only PART] [--json]',
  '',
  ...Object.entries(benches).flatMap(([name, { about, parts = [] }]) => [
    `  ${name.padEnd(12)}${about}`,
    ...(parts.length > 0 ? [`  ${''.padEnd(12)}--only ${parts.join(' | ')}`] : []),
  ]),
].join('\n');

interface Asked {
  readonly name: string;
  readonly only: string | undefined;
  readonly json: boolean;
}

const options = { json: { type: 'boolean' }, only: { type: 'string' } } as const;

const argumentsOf = (args: string[]): Asked | { mistake: string } => {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const { only, json = false } = values;
    const [name = '', ...more] = positionals;
    if (more.length > 0) return { mistake: 'One bench at a time.' };
    if (!Object.hasOwn(benches, name))
      return { mistake: name === '' ? 'Which bench?' : `There is no bench '${name}'.` };
    if (only !== undefined && benches[name]?.parts?.includes(only) !== true)
      return { mistake: `The bench '${name}' has no part '${only}'.` };
    return { name, only, json };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
};

const asked = argumentsOf(process.argv.slice(2));
const bench = 'mistake' in asked ? undefined : benches[asked.name];
if ('mistake' in asked || bench === undefined) {
  console.error(`${'mistake' in asked ? asked.mistake : ''}\n${usage}`);
  process.exitCode = 2;
} else {
  const findings = await (await bench.load()).run(asked.only);
  const head = { bench: asked.name, about: bench.about };
  const timed = 'text' in findings ? undefined : { ...head, machine: thisMachine(), ...findings };
  const json = 'text' in findings ? { ...head, ...findings.findings } : timed;
  const text = 'text' in findings ? findings.text : timed && tableOf(timed);
  console.log(asked.json ? JSON.stringify(json, null, 2) : text);
}
