import { describe, expect, it } from 'vitest';
import { documentStates } from '../../../contract/states.ts';
import { changeOf } from '../../../lambdas/domain/change.ts';
import { type Transition, transitions } from '../../../lambdas/domain/lifecycle.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { lifecyclePicture } from '../../support/lifecycle-picture.ts';

const all = Object.values<Transition>(transitions);
const origin = { at: new Date('2026-11-21T12:00:00Z'), by: 'someone', requestId: 'request-2' };

describe('the lifecycle', () => {
  it('begins only with a declaration, which needs that there is no record', () => {
    expect(all.filter(({ from }) => from.length === 0)).toEqual([transitions.declare]);
    expect(transitions.declare.requires).toContain('absent');
  });

  it('reaches every state and ends in expired and purged', () => {
    expect(new Set(all.map(({ to }) => to))).toEqual(new Set(documentStates));
    const left = new Set(all.flatMap(({ from }) => from));
    expect(documentStates.filter((state) => !left.has(state))).toEqual(['expired', 'purged']);
  });

  it('leaves pending only while no version is pinned, and everything after it only for the pinned version', () => {
    for (const { from, requires } of all.filter((transition) => transition.from.length > 0))
      expect(requires).toContain(from.includes('pending') ? 'unpinned' : 'same-version');
  });

  it('makes a document available only from pending, scanning or a restore of what was available', () => {
    const opening = Object.entries<Transition>(transitions).filter(([, { to }]) => to === 'available');
    expect(opening.map(([name]) => name).sort()).toEqual(['accept', 'clear', 'restore']);
    expect(transitions.restore.requires).toContain('deleted-from-available');
  });

  it('is drawn in docs/lifecycle.md as it is', async () => {
    await expect(lifecyclePicture()).toMatchFileSnapshot('../../../docs/lifecycle.md');
  });
});

describe('a change', () => {
  it('counts revisions and says from where to where', () => {
    expect(changeOf('accept', aRecord(), { ...origin, cause: 'object-created' })).toEqual({
      revision: 2,
      at: '2026-11-21T12:00:00.000Z',
      by: 'someone',
      from: 'pending',
      to: 'available',
      cause: 'object-created',
      requestId: 'request-2',
    });
  });

  it('has a cause the lifecycle names for it', () => {
    expect(() => changeOf('expire', aRecord(), { ...origin, cause: 'user' })).toThrow(/no transition expire/);
  });
});
