import { findFunction } from '../functions/find.ts';
import { TemplateError } from '../template/errors.ts';
import type { Json } from '../template/json.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import type { Place } from './event.ts';
import { compilePattern } from './pattern.ts';
import { compileSchedule, type NextRun } from './schedule-expression.ts';

export const defaultBus = 'default';

export interface RulePlan extends Place {
  readonly arn: string;
  readonly busName: string;
  /** Absent for a rule of a schedule only. */
  readonly matches?: (event: Json) => boolean;
  readonly nextRun?: NextRun;
  /** Queues and functions. */
  readonly targetArns: readonly string[];
}

export interface EventsPlan extends Place {
  /** Without the default bus. */
  readonly busNames: readonly string[];
  /** Those that are switched on. */
  readonly rules: readonly RulePlan[];
}

type Rule = ResourceOf<'AWS::Events::Rule'>;

/** The services whose own events are put on the default bus here. */
const eventSources = ['aws.guardduty'];

/** A rule that waits for what never comes here would only look as if it ran. */
const checkSources = ({ ref, config }: Rule): void => {
  const sources = config.EventPattern?.source;
  const isHere = (source: unknown) => typeof source === 'string' && eventSources.includes(source);
  if (Array.isArray(sources) && sources.every(isHere)) return;
  throw new TemplateError(
    `The rule ${ref} waits for events of ${JSON.stringify(sources)} on the default bus, where here only those of ` +
      `${eventSources.join(' and ')} are put.`,
  );
};

const mayInvoke = (template: Template, rule: Rule, lambda: ResourceOf<'AWS::Lambda::Function'>): boolean =>
  template
    .all('AWS::Lambda::Permission')
    .some(
      ({ config }) =>
        config.Principal === 'events.amazonaws.com' &&
        findFunction(template, config.FunctionName) === lambda &&
        [undefined, rule.account].includes(config.SourceAccount) &&
        [undefined, rule.attribute('Arn')].includes(config.SourceArn),
    );

const checkTarget = (template: Template, rule: Rule, targetArn: string): void => {
  if (template.all('AWS::SQS::Queue').some(({ attribute }) => attribute('Arn') === targetArn)) return;
  const lambda = findFunction(template, targetArn);
  if (lambda === undefined) throw new TemplateError(`The target ${targetArn} of ${rule.ref} is no queue or function.`);
  if (!mayInvoke(template, rule, lambda)) {
    throw new TemplateError(
      `The rule ${rule.ref} may not call ${lambda.ref}: the template has no AWS::Lambda::Permission for it.`,
    );
  }
};

const planRule = (template: Template, busNames: readonly string[], rule: Rule): RulePlan => {
  const { config, ref, account, region } = rule;
  const busName = config.EventBusName.slice(config.EventBusName.lastIndexOf('/') + 1);
  if (busName !== defaultBus && !busNames.includes(busName)) {
    throw new TemplateError(`The rule ${ref} is on the bus ${busName}, which is not in the template.`);
  }
  const { EventPattern: pattern, ScheduleExpression: expression } = config;
  if (pattern === undefined && expression === undefined) {
    throw new TemplateError(`The rule ${ref} has neither a pattern nor a schedule.`);
  }
  if (expression !== undefined && busName !== defaultBus) {
    throw new TemplateError(`The rule ${ref} has a schedule, which only rules of the default bus may have.`);
  }
  if (pattern !== undefined && busName === defaultBus) checkSources(rule);
  for (const { Arn } of config.Targets) checkTarget(template, rule, Arn);
  return {
    arn: rule.attribute('Arn'),
    account,
    region,
    busName,
    targetArns: config.Targets.map(({ Arn }) => Arn),
    ...(pattern !== undefined && { matches: compilePattern(pattern as Json, ref) }),
    ...(expression !== undefined && { nextRun: compileSchedule(expression, ref) }),
  };
};

/**
 * Buses and rules of the template. EventBridge does not check that a rule may call its targets; here that stops the
 * start, because otherwise nothing but silence would tell of it.
 */
export const planEvents = (template: Template): EventsPlan => {
  const buses = template.all('AWS::Events::EventBus');
  const [{ account, region } = { account: '', region: '' }] = [...buses, ...template.all('AWS::Events::Rule')];
  const busNames = buses.map(({ ref }) => ref);
  const rules = template.all('AWS::Events::Rule').filter(({ config }) => config.State === 'ENABLED');
  return { account, region, busNames, rules: rules.map((rule) => planRule(template, busNames, rule)) };
};
