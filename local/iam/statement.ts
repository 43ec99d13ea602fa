import { type Actions, compileActions } from './action.ts';
import { type Condition, compileConditions } from './condition.ts';
import type { Context } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { compilePrincipals, type Effect, type Principals } from './principal.ts';
import { readObject } from './read.ts';
import { compileResources, type Resources } from './resource.ts';
import type { AccessRequest } from './types.ts';

/** One compiled statement. `applies` says whether its effect holds for a request. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: Effect;
  /** Statements of resource policies name principals, those of identity policies do not. */
  readonly namesPrincipals: boolean;
  applies(request: AccessRequest, context: Context): boolean;
}

const elements = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

type Elements = Readonly<Record<string, unknown>>;

const readElements = (value: unknown, where: string): Elements => {
  const statement = readObject(value, 'a statement', where);
  for (const name of Object.keys(statement)) {
    if (!elements.includes(name)) {
      throw new PolicyError(where, `unknown element "${name}"; understood are ${elements.join(', ')}`);
    }
  }
  return statement;
};

/** Exactly one of `NAME` and `NotNAME`, as the policy grammar demands. */
const oneOf = (statement: Elements, name: 'Action' | 'Resource', where: string) => {
  const present = [name, `Not${name}`].filter((candidate) => candidate in statement);
  const [element] = present;
  if (element === undefined || present.length > 1) {
    throw new PolicyError(where, `a statement needs either ${name} or Not${name}`);
  }
  return { element, value: statement[element], negated: element !== name };
};

const readActions = (statement: Elements, where: string): Actions => {
  const { element, value, negated } = oneOf(statement, 'Action', where);
  const actions = compileActions(value, element, where);
  return negated ? { matches: (action) => !actions.matches(action), services: undefined } : actions;
};

const readResources = (statement: Elements, where: string): Resources => {
  const { element, value, negated } = oneOf(statement, 'Resource', where);
  const resources = compileResources(value, element, where);
  return negated ? (resource, context) => !resources(resource, context) : resources;
};

const readEffect = ({ Effect: effect }: Elements, where: string): Effect => {
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new PolicyError(where, `Effect must be Allow or Deny, not ${JSON.stringify(effect)}`);
};

const readSid = ({ Sid: sid }: Elements, where: string): string | undefined => {
  if (sid === undefined || typeof sid === 'string') return sid;
  throw new PolicyError(where, 'Sid must be text');
};

/** `where` names policy and statement, for errors. */
export const compileStatement = (value: unknown, where: string): Statement => {
  const statement = readElements(value, where);
  const effect = readEffect(statement, where);
  const actions = readActions(statement, where);
  const resources = readResources(statement, where);
  const always = () => true;
  const conditions: Condition =
    'Condition' in statement ? compileConditions(statement.Condition, actions.services, where) : always;
  const principals: Principals =
    'Principal' in statement ? compilePrincipals(statement.Principal, effect, where) : always;
  return {
    sid: readSid(statement, where),
    effect,
    namesPrincipals: 'Principal' in statement,
    applies: (request, context) =>
      principals(request.principal) &&
      actions.matches(request.action) &&
      resources(request.resource, context) &&
      conditions(context),
  };
};
