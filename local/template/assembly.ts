import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { TemplateError } from './errors.ts';
import type { JsonObject } from './json.ts';

/** Where a stack is not bound to an account or region: AWS's documented example account, and a region. */
const fallback = { account: '111122223333', region: 'eu-west-1' };

const Manifest = z.object({
  artifacts: z.optional(
    z.record(
      z.string(),
      z.object({
        type: z.string(),
        environment: z.optional(z.string()),
        dependencies: z.optional(z.array(z.string())),
        properties: z.optional(
          z.object({
            templateFile: z.optional(z.string()),
            stackName: z.optional(z.string()),
            directoryName: z.optional(z.string()),
            file: z.optional(z.string()),
          }),
        ),
      }),
    ),
  ),
});

const AssetManifest = z.object({
  files: z.optional(
    z.record(
      z.string(),
      z.object({
        source: z.object({ path: z.string(), packaging: z.string() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    ),
  ),
});

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** One stack of the assembly: its template as CloudFormation would get it. */
export interface StackTemplate {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: JsonObject;
  /** The object key an asset would be uploaded as, and the folder or file it is made of. */
  readonly assets: ReadonlyMap<string, string>;
}

const readJson = (file: string): unknown => {
  if (!existsSync(file)) {
    throw new TemplateError(`There is no ${file}. Synthesize the app first: npx cdk synth.`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
};

const readAssets = (directory: string, file: string): readonly (readonly [string, string])[] =>
  Object.values(AssetManifest.parse(readJson(join(directory, file))).files ?? {}).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path)] as const),
  );

const readEnvironment = (environment: string | undefined) => {
  const [, account = 'unknown-account', region = 'unknown-region'] =
    /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
  return {
    account: account === 'unknown-account' ? fallback.account : account,
    region: region === 'unknown-region' ? fallback.region : region,
  };
};

/**
 * The stacks of a cloud assembly as `cdk synth` writes it, those of nested assemblies (CDK Stages) included.
 * Format: the `cloud-assembly-schema` of the CDK CLI.
 */
export const readAssembly = (directory: string): readonly StackTemplate[] => {
  const artifacts = Manifest.parse(readJson(join(directory, 'manifest.json'))).artifacts ?? {};
  return Object.entries(artifacts).flatMap(([name, { type, environment, dependencies, properties }]) => {
    if (type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined) {
      return readAssembly(join(directory, properties.directoryName));
    }
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) {
      return [];
    }
    const assetFiles = (dependencies ?? []).flatMap((dependency) => {
      const artifact = artifacts[dependency];
      return artifact?.type === 'cdk:asset-manifest' && artifact.properties?.file ? [artifact.properties.file] : [];
    });
    return [
      {
        stackName: properties.stackName ?? name,
        ...readEnvironment(environment),
        template: Template.parse(readJson(join(directory, properties.templateFile))) as JsonObject,
        assets: new Map(assetFiles.flatMap((file) => readAssets(directory, file))),
      },
    ];
  });
};
