import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import * as z from 'zod/mini';
import { type FunctionName, functions } from '../../../contract/functions.ts';
import type { Bundles } from '../../../lib/bundles.ts';
import type { Environment } from '../../../lib/environment.ts';
import { environments, localEnvironment } from '../../../lib/environments.ts';
import { names } from '../../../lib/names.ts';
import { SealdropStage } from '../../../lib/stages/sealdrop-stage.ts';

const root = join(import.meta.dirname, '../../..');

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  DependsOn: z._default(z.array(z.string()), []),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
});

const Template = z.looseObject({
  Resources: z.record(z.string(), Resource),
  Outputs: z._default(z.record(z.string(), z.looseObject({ Value: z.unknown() })), {}),
});

export type Resource = z.infer<typeof Resource>;
export type Template = z.infer<typeof Template>;

export interface Synthesized {
  readonly environment: Environment;
  /** The cloud assembly of the stage. */
  readonly directory: string;
  readonly data: Template;
  readonly service: Template;
  readonly audit: Template;
}

export const stackNames = ['data', 'service', 'audit'] as const;

export const localOrigin = 'http://127.0.0.1:4000';

export const everyEnvironment = [...environments, localEnvironment(localOrigin)];

/** Stands for the real bundles, which test/lib/bundles.test.ts makes. */
function standInBundles(): Bundles {
  const directory = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of Object.keys(functions)) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, 'index.cjs'), `exports.handler = '${name}';`);
  }
  return { directory: (name: FunctionName) => join(directory, name), metafile: { inputs: {}, outputs: {} } };
}

/** With the flags of cdk.json, as the CLI does. Slow (about a second for each): once per file. */
export function synthesize(synthesized: readonly Environment[] = everyEnvironment): readonly Synthesized[] {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  const app = new App({ context, outdir, treeMetadata: false, builtinCloudFormationValidation: false });
  const bundles = standInBundles();
  const stages = synthesized.map((environment) => new SealdropStage(app, { environment, bundles }));
  app.synth();
  return synthesized.map((environment, index) => {
    const assembly = stages[index]?.synth();
    const template = (name: string) =>
      Template.parse(assembly?.getStackByName(names.stack(environment, name)).template);
    return {
      environment,
      directory: assembly?.directory ?? '',
      data: template('data'),
      service: template('service'),
      audit: template('audit'),
    };
  });
}

export const resourcesOf = ({ Resources }: Template, type: string): readonly (Resource & { readonly id: string })[] =>
  Object.entries(Resources).flatMap(([id, resource]) => (resource.Type === type ? [{ id, ...resource }] : []));

/** The one resource of a type, or the one whose logical id begins so. */
export function resourceOf(template: Template, type: string, idStart = ''): Resource & { readonly id: string } {
  const found = resourcesOf(template, type).filter(({ id }) => id.startsWith(idStart));
  const [resource] = found;
  if (!resource || found.length > 1) throw new Error(`One ${type} ${idStart} was expected, not ${found.length}.`);
  return resource;
}

const PolicyStatements = z.array(
  z.looseObject({
    Sid: z.optional(z.string()),
    Effect: z.enum(['Allow', 'Deny']),
    Action: z.pipe(
      z.union([z.string(), z.array(z.string())]),
      z.transform((action) => [action].flat()),
    ),
    Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
  }),
);

export type PolicyStatement = z.infer<typeof PolicyStatements>[number];

/** The statements of a policy, or of a resource's policy under another property. */
export const statementsOf = ({ Properties }: Resource, property = 'PolicyDocument'): readonly PolicyStatement[] =>
  PolicyStatements.parse(z.object({ Statement: z.unknown() }).parse(Properties[property]).Statement);
