import * as z from 'zod/mini';
import { readAssembly, type StackTemplate } from './assembly.ts';
import { TemplateError } from './errors.ts';
import { type EmulatedKind, notRunOf } from './kind.ts';
import type { kinds, ResourceType } from './kinds.ts';
import { type Declaration, linkStacks } from './stacks.ts';

type Kinds = typeof kinds;
type ConfigOf<T extends ResourceType> = Kinds[T] extends EmulatedKind<infer Config> ? Config : never;
type EmulatedType = { [T in ResourceType]: Kinds[T] extends { readonly status: 'emulated' } ? T : never }[ResourceType];

/** One resource, every expression in it resolved. `config` has the property names of CloudFormation. */
export interface Resource<Config> {
  readonly logicalId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** What `Ref` gives. */
  readonly ref: string;
  readonly config: Config;
  /** What `Fn::GetAtt` gives. */
  attribute(name: string): string;
}

export type ResourceOf<T extends EmulatedType> = Resource<ConfigOf<T>>;

/** What the local cloud is to run. */
export interface Template {
  all<T extends EmulatedType>(type: T): readonly ResourceOf<T>[];
  /** Types, and properties as `TYPE PROPERTY`, that are in the template and do nothing here, with the reason. */
  readonly inert: ReadonlyMap<string, string>;
  /** The folder or file that an asset is made of. */
  asset(objectKey: string): string;
}

/** Without it, the small build of the schema library says no more than "Invalid input". */
const englishErrors = z.locales.en().localeError;

const parse = (kind: EmulatedKind<unknown>, declaration: Declaration): Resource<unknown> => {
  const parsed = kind.properties.safeParse(declaration.properties(), { error: englishErrors });
  if (!parsed.success) {
    const { path = [], message } = parsed.error.issues[0] ?? {};
    throw new TemplateError(
      `${declaration.where} (${declaration.type})${path.length > 0 ? `, property ${path.join('.')}` : ''}: ` +
        `${message}. The local cloud does not emulate this.`,
    );
  }
  const { logicalId, stackName, account, region } = declaration;
  return {
    logicalId,
    stackName,
    account,
    region,
    ref: kind.ref(declaration),
    config: parsed.data,
    attribute: (name) => declaration.attribute(name),
  };
};

/** Reads all stacks together: they may import values of one another. */
export const linkTemplate = (stacks: readonly StackTemplate[]): Template => {
  const inert = new Map<string, string>();
  const resources = new Map<string, Resource<unknown>[]>();
  for (const declaration of linkStacks(stacks)) {
    const { type, kind } = declaration;
    if (kind.status === 'inert') {
      inert.set(type, kind.reason);
      continue;
    }
    resources.set(type, [...(resources.get(type) ?? []), parse(kind, declaration)]);
    for (const [property, reason] of notRunOf(kind, declaration.properties())) inert.set(`${type} ${property}`, reason);
  }
  const assets = new Map(stacks.flatMap((stack) => [...stack.assets]));
  return {
    all: <T extends EmulatedType>(type: T) => (resources.get(type) ?? []) as ResourceOf<T>[],
    inert,
    asset: (objectKey) => {
      const path = assets.get(objectKey);
      if (path === undefined) throw new TemplateError(`The cloud assembly has no asset ${objectKey}.`);
      return path;
    },
  };
};

/**
 * Reads a cloud assembly as the local cloud runs it.
 * @throws TemplateError for anything in it that the local cloud does not emulate.
 */
export const readTemplate = (assemblyDirectory: string): Template => linkTemplate(readAssembly(assemblyDirectory));
