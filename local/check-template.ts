import type { EventsPlan } from './events/plan.ts';
import { checkEventSources } from './roles/event-sources.ts';
import { checkNotificationTargets } from './roles/notifications.ts';
import type { Judge } from './roles/queue-calls.ts';
import type { Rights } from './roles/rights.ts';
import { checkRuleTargets } from './roles/rule-targets.ts';
import { checkTrust } from './roles/trust.ts';
import type { Template } from './template/template.ts';

/** What AWS checks when a template is deployed, or what nothing but silence would tell of later. */
export const checkTemplate = (template: Template, planned: Rights, events: EventsPlan, judge: Judge): void => {
  checkTrust(template, planned.roles);
  checkNotificationTargets(template, judge);
  checkEventSources(template, judge);
  checkRuleTargets(template, events, judge);
};
