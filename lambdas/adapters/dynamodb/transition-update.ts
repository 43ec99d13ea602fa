import type { DocumentRecord } from '../../domain/document.ts';
import { dueAtOf } from '../../domain/due.ts';
import { type Requirement, type Transition, type TransitionName, transitions } from '../../domain/lifecycle.ts';
import type { TransitionFacts } from '../../ports.ts';
import type { RecordUpdate } from './update-record.ts';

const requirementExpressions: Readonly<Record<Requirement, string>> = {
  absent: 'attribute_not_exists(pk)',
  unpinned: 'attribute_not_exists(versionId)',
  'same-version': 'versionId = :versionId',
  overdue: 'sweepAfter <= :at',
  'deleted-from-available': 'deletedFrom = :available',
  'retention-over': 'retainUntil <= :at',
};

/** Compared with the time of the change. */
const timed: readonly Requirement[] = ['overdue', 'retention-over'];

/** What must hold in the table for a transition; the database enforces the lifecycle, not our reading of it before. */
export const conditionOf = ({ from, requires }: Transition): string =>
  [
    ...(from.length === 0 ? [] : [`#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`]),
    // The change was made from this revision: its history item must not repeat or skip one.
    ...(from.length === 0 ? [] : ['lastChange.revision = :revisionBefore']),
    ...requires.map((requirement) => requirementExpressions[requirement]),
  ].join(' AND ');

/** Fields that speak of a deletion only; a restored record has none of them. */
const deletionFields = ['deletedFrom', 'purgeAfter'] as const;

/** Compiles a transition and its facts. Throws where a transition that compares versions is given none. */
export const transitionUpdate = (
  name: TransitionName,
  record: DocumentRecord,
  facts: TransitionFacts,
): RecordUpdate => {
  const transition: Transition = transitions[name];
  const { change, versionId, ...rest } = facts;
  if (transition.requires.includes('same-version') && versionId === undefined)
    throw new Error(`The transition ${name} needs the version it was decided for.`);

  const pins = transition.requires.includes('unpinned') && versionId !== undefined;
  const dueAt = dueAtOf({ ...record, ...rest, state: transition.to, lastChange: change });
  const written: Record<string, unknown> = { ...rest, dueAt, lastChange: change, ...(pins && { versionId }) };
  const present = Object.entries(written).filter(([, value]) => value !== undefined);
  const removed = [
    ...(dueAt === undefined ? ['dueAt'] : []),
    ...(name === 'restore' ? deletionFields : []),
    ...(record.isSizeOpen && facts.sizeBytes !== undefined ? ['isSizeOpen'] : []),
  ];
  return {
    ConditionExpression: conditionOf(transition),
    UpdateExpression: [
      `SET ${['#state = :to', ...present.map(([field]) => `${field} = :${field}`)].join(', ')}`,
      ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':to': transition.to,
      ':revisionBefore': change.revision - 1,
      ...Object.fromEntries(transition.from.map((state, index) => [`:from${index}`, state])),
      ...Object.fromEntries(present.map(([field, value]) => [`:${field}`, value])),
      ...(transition.requires.includes('same-version') && { ':versionId': versionId }),
      ...(transition.requires.some((requirement) => timed.includes(requirement)) && { ':at': change.at }),
      ...(transition.requires.includes('deleted-from-available') && { ':available': 'available' }),
    },
  };
};
