import type { StackTemplate } from './assembly.ts';
import { TemplateError } from './errors.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { EmulatedKind, InertKind, ResourceContext } from './kind.ts';
import { kinds, type ResourceType } from './kinds.ts';

/** A resource as a stack declares it; its properties are resolved when asked for. */
export interface Declaration extends ResourceContext {
  readonly type: string;
  readonly kind: EmulatedKind<unknown> | InertKind;
  /** For messages: `Stack/LogicalId`. */
  readonly where: string;
  properties(): JsonObject;
  attribute(name: string): string;
}

const section = (template: JsonObject, name: string): readonly (readonly [string, JsonObject])[] => {
  const entries = template[name];
  return isObject(entries)
    ? Object.entries(entries).flatMap(([key, value]) => (isObject(value) ? [[key, value] as const] : []))
    : [];
};

/** Pseudo parameters (CloudFormation user guide); `AWS::NoValue` is known and has no value. */
const pseudoParameters = ({ stackName, account, region }: StackTemplate): ReadonlyMap<string, string | undefined> =>
  new Map([
    ['AWS::AccountId', account],
    ['AWS::NoValue', undefined],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);

const kindOf = (type: string, where: string): EmulatedKind<unknown> | InertKind => {
  if (!Object.hasOwn(kinds, type)) {
    throw new TemplateError(`${where} is an ${type}. The local cloud does not know this type of resource.`);
  }
  return kinds[type as ResourceType];
};

const declare = (stack: StackTemplate, logicalId: string, resource: JsonObject, scope: Scope): Declaration => {
  const { stackName, account, region } = stack;
  const where = `${stackName}/${logicalId}`;
  const type = String(resource.Type);
  const kind = kindOf(type, where);
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const declaration: Declaration = {
    stackName,
    logicalId,
    account,
    region,
    type,
    kind,
    where,
    property: (name) => resolve(properties[name] ?? null, scope, `${where}.${name}`) ?? undefined,
    properties: () => resolve(properties, scope, where) as JsonObject,
    attribute: (name) => {
      const attribute = kind.attributes?.[name];
      if (attribute === undefined) {
        throw new TemplateError(`${where} (${type}): the local cloud does not know its attribute ${name}.`);
      }
      return attribute(declaration);
    },
  };
  return declaration;
};

/** What stacks give to one another, by export name and by stack and output. */
interface Shared {
  readonly exports: Map<string, () => Json | undefined>;
  readonly outputs: Map<string, () => Json | undefined>;
}

/** Links the stacks of one assembly, so that expressions find what they refer to, across stacks too. */
export const linkStacks = (stacks: readonly StackTemplate[]): readonly Declaration[] => {
  const shared: Shared = { exports: new Map(), outputs: new Map() };
  return stacks.map((stack) => linkStack(stack, shared)).flatMap((declarations) => [...declarations.values()]);
};

const linkStack = (stack: StackTemplate, { exports, outputs }: Shared) => {
  const declarations = new Map<string, Declaration>();
  const pseudo = pseudoParameters(stack);
  const conditions = new Map(Object.entries(isObject(stack.template.Conditions) ? stack.template.Conditions : {}));
  const find = (logicalId: string): Declaration => {
    const declaration = declarations.get(logicalId);
    if (declaration === undefined) throw new TemplateError(`${stack.stackName} has no resource ${logicalId}.`);
    return declaration;
  };
  const scope: Scope = {
    ref: (name) => {
      if (pseudo.has(name)) return pseudo.get(name);
      const declaration = find(name);
      return declaration.kind.ref(declaration);
    },
    attribute: (logicalId, name) => find(logicalId).attribute(name),
    importValue: (name) => {
      const value = exports.get(name)?.();
      if (value === undefined) throw new TemplateError(`${stack.stackName} imports ${name}, which no stack exports.`);
      return value;
    },
    stackOutput: (stackName, name) => {
      const value = outputs.get(`${stackName}.${name}`)?.();
      if (value === undefined)
        throw new TemplateError(`${stack.stackName} reads ${stackName}.${name}, which is not there.`);
      return value;
    },
    condition: (name) => {
      const condition = conditions.get(name);
      if (condition === undefined) throw new TemplateError(`${stack.stackName} has no condition ${name}.`);
      return resolve(condition, scope, `${stack.stackName}.${name}`) === true;
    },
  };
  for (const [logicalId, resource] of section(stack.template, 'Resources')) {
    if (typeof resource.Condition !== 'string' || scope.condition(resource.Condition)) {
      declarations.set(logicalId, declare(stack, logicalId, resource, scope));
    }
  }
  for (const [name, { Value, Export }] of section(stack.template, 'Outputs')) {
    const where = `${stack.stackName}.${name}`;
    const value = () => resolve(Value ?? null, scope, where);
    outputs.set(where, value);
    if (isObject(Export)) exports.set(String(resolve(Export.Name ?? null, scope, where)), value);
  }
  return declarations;
};
