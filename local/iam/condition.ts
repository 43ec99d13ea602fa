import { checkConditionKey, isMultivaluedKey, serviceOfKey } from './condition-keys.ts';
import { type Context, singleValue } from './context.ts';
import { readBoolean } from './operators/exact.ts';
import { type Operator, operators } from './operators/operators.ts';
import { PolicyError } from './policy-error.ts';
import { readObject, readScalars } from './read.ts';

export type Condition = (context: Context) => boolean;

type Quantifier = 'ForAllValues' | 'ForAnyValue';

interface ParsedOperator {
  readonly operator: Operator;
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
}

const operatorGrammar = /^(?:(?<quantifier>ForAllValues|ForAnyValue):)?(?<name>[A-Za-z]+?)(?<ifExists>IfExists)?$/;

const parseOperator = (text: string, where: string): ParsedOperator => {
  const groups = operatorGrammar.exec(text)?.groups;
  const operator = operators.get(groups?.name ?? '');
  if (operator === undefined) throw new PolicyError(where, `unknown condition operator "${text}"`);
  return {
    operator,
    quantifier: groups?.quantifier as Quantifier | undefined,
    ifExists: groups?.ifExists !== undefined,
  };
};

/**
 * One operator on one key. With an absent key: `IfExists` and `ForAllValues` hold, `ForAnyValue` does not, a negated
 * operator holds, any other does not (IAM user guide, "Set operators for multi-valued context keys").
 */
const compileComparison = (text: string, key: string, expected: readonly string[], where: string): Condition => {
  const { operator, quantifier, ifExists } = parseOperator(text, where);
  if (quantifier === undefined && isMultivaluedKey(key)) {
    throw new PolicyError(where, `${key} holds several values: put ForAllValues: or ForAnyValue: before "${text}"`);
  }
  const tests = expected.map((value) => operator.compare(value, where));
  const fits = (actual: string, context: Context): boolean =>
    tests.some((test) => test(actual, context)) !== operator.negated;

  return (context) => {
    const values = context.get(key.toLowerCase());
    if (values === undefined)
      return ifExists || quantifier === 'ForAllValues' || (operator.negated && quantifier === undefined);
    if (quantifier === 'ForAllValues') return values.every((value) => fits(value, context));
    if (quantifier === 'ForAnyValue') return values.some((value) => fits(value, context));
    return fits(singleValue(context, key) ?? '', context);
  };
};

/** `Null: true` holds where the key is absent, `Null: false` where it is there. */
const compileNull = (key: string, expected: readonly string[], where: string): Condition => {
  const absences = expected.map((value) => readBoolean(value, where));
  return (context) => absences.includes(!context.has(key.toLowerCase()));
};

const checkKey = (key: string, services: ReadonlySet<string> | undefined, where: string): void => {
  checkConditionKey(key, `condition key "${key}"`, where);
  const service = serviceOfKey(key);
  if (service !== 'aws' && services !== undefined && !services.has(service)) {
    throw new PolicyError(where, `condition key "${key}" does not exist for actions of ${[...services].join(', ')}`);
  }
};

/**
 * A `Condition` element: all operators and all their keys must hold, each with any of its values.
 * `services` are those of the statement's actions, undefined where they may be any.
 */
export const compileConditions = (
  element: unknown,
  services: ReadonlySet<string> | undefined,
  where: string,
): Condition => {
  const conditions = Object.entries(readObject(element, 'Condition', where)).flatMap(([operator, block]) =>
    Object.entries(readObject(block, operator, where)).map(([key, value]): Condition => {
      checkKey(key, services, where);
      const expected = readScalars(value, `${operator} ${key}`, where);
      return operator === 'Null'
        ? compileNull(key, expected, where)
        : compileComparison(operator, key, expected, where);
    }),
  );
  return (context) => conditions.every((holds) => holds(context));
};
