import { TemplateError } from './errors.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** What an expression of a template may refer to. */
export interface Scope {
  ref(name: string): Json | undefined;
  attribute(logicalId: string, name: string): Json;
  importValue(exportName: string): Json;
  stackOutput(stackName: string, outputName: string): Json;
  condition(name: string): boolean;
}

/** An expression at `where` (a path for messages) within a scope. */
type Evaluate = (argument: Json, scope: Scope, where: string) => Json | undefined;

const text = (value: Json | undefined, where: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${where}: a text is expected, not ${JSON.stringify(value)}.`);
};

const list = (value: Json | undefined, where: string): readonly Json[] => {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`${where}: a list is expected, not ${JSON.stringify(value)}.`);
};

const resolveList = (argument: Json, scope: Scope, where: string): readonly Json[] =>
  list(resolve(argument, scope, where), where);

const substitute: Evaluate = (argument, scope, where) => {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const values = isObject(variables) ? variables : {};
  return text(pattern, where).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = values[name];
    if (value !== undefined) return text(resolve(value, scope, where), where);
    const dot = name.indexOf('.');
    return text(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)), where);
  });
};

const getAtt: Evaluate = (argument, scope, where) => {
  const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : resolveList(argument, scope, where);
  return scope.attribute(text(logicalId, where), rest.join('.'));
};

const choose: Evaluate = (argument, scope, where) => {
  const [condition, whenTrue, whenFalse] = list(argument, where);
  const branch = scope.condition(text(condition, where)) ? whenTrue : whenFalse;
  if (branch === undefined) throw new TemplateError(`${where}: Fn::If needs a condition and two values.`);
  return resolve(branch, scope, where);
};

/** The intrinsic functions that are understood (CloudFormation user guide, "Intrinsic function reference"). */
const functions: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, scope, where) => scope.ref(text(argument, where)),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::If': choose,
  'Fn::ImportValue': (argument, scope, where) => scope.importValue(text(resolve(argument, scope, where), where)),
  'Fn::GetStackOutput': (argument, scope, where) => {
    const { StackName, OutputName, Region: _, ...others } = isObject(argument) ? argument : {};
    const [other] = Object.keys(others);
    if (other !== undefined) throw new TemplateError(`${where}: Fn::GetStackOutput with ${other} is not emulated.`);
    return scope.stackOutput(text(StackName, where), text(OutputName, where));
  },
  'Fn::Join': (argument, scope, where) => {
    const [separator, parts] = resolveList(argument, scope, where);
    return list(parts, where)
      .map((part) => text(part, where))
      .join(text(separator, where));
  },
  'Fn::Split': (argument, scope, where) => {
    const [separator, value] = resolveList(argument, scope, where);
    return text(value, where).split(text(separator, where));
  },
  'Fn::Select': (argument, scope, where) => {
    const [index, values] = resolveList(argument, scope, where);
    const selected = list(values, where)[Number(index)];
    if (selected === undefined) throw new TemplateError(`${where}: Fn::Select finds no value number ${index}.`);
    return selected;
  },
  Condition: (argument, scope, where) => scope.condition(text(argument, where)),
  'Fn::Equals': (argument, scope, where) => {
    const [left, right] = resolveList(argument, scope, where);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Not': (argument, scope, where) => resolveList(argument, scope, where)[0] !== true,
  'Fn::And': (argument, scope, where) => resolveList(argument, scope, where).every((value) => value === true),
  'Fn::Or': (argument, scope, where) => resolveList(argument, scope, where).some((value) => value === true),
};

const intrinsicOf = (value: JsonObject): string | undefined => {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  if (name === 'Condition') return typeof value[name] === 'string' ? name : undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
};

/**
 * A value of a template with every intrinsic function in it replaced by what it stands for; undefined for
 * `AWS::NoValue`, which removes the property or list item it stands in.
 */
export const resolve = (value: Json, scope: Scope, where: string): Json | undefined => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const resolved = resolve(item, scope, `${where}[${index}]`);
      return resolved === undefined ? [] : [resolved];
    });
  }
  if (!isObject(value)) return value;
  const name = intrinsicOf(value);
  if (name === undefined) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        const resolved = resolve(item, scope, `${where}.${key}`);
        return resolved === undefined ? [] : [[key, resolved]];
      }),
    );
  }
  const evaluate = functions[name];
  if (evaluate === undefined) throw new TemplateError(`${where}: ${name} is not emulated by the local cloud.`);
  return evaluate(value[name] ?? null, scope, where);
};
