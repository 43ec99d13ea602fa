import { beforeEach, describe, expect, it } from 'vitest';
import { cursorKeyMaker } from '../../../lambdas/adapters/secrets/cursor-key.ts';
import type { RotatingSecret } from '../../../lambdas/ports.ts';
import { type RotationStep, rotateCursorKey, rotationSteps } from '../../../lambdas/usecases/rotate-cursor-key.ts';

let stages: Record<string, string[]>;
let values: Record<string, string>;
let writes: string[];

const secret: RotatingSecret = {
  stages: async () => stages,
  pendingValue: async (versionId) => values[versionId],
  putPending: async (versionId, value) => {
    writes.push(`put ${versionId}`);
    values[versionId] = value;
  },
  promote: async (versionId, fromVersionId) => {
    writes.push(`promote ${versionId} from ${fromVersionId}`);
    stages = { [versionId]: ['AWSCURRENT', 'AWSPENDING'], [fromVersionId]: ['AWSPREVIOUS'] };
  },
};

const rotate = rotateCursorKey({ secret, keys: cursorKeyMaker });
const step = (name: RotationStep, versionId = 'new') => rotate({ step: name, versionId });

beforeEach(() => {
  stages = { old: ['AWSCURRENT'], new: ['AWSPENDING'] };
  values = { old: 'o'.repeat(64) };
  writes = [];
});

describe('rotating the key for cursors', () => {
  it('makes a key, tests it and puts it in place of the current one', async () => {
    for (const name of rotationSteps) await step(name);
    expect(values.new).toMatch(/^.{64}$/);
    expect(writes).toEqual(['put new', 'promote new from old']);
    expect(stages).toEqual({ new: ['AWSCURRENT', 'AWSPENDING'], old: ['AWSPREVIOUS'] });
  });

  it('does the same, each step twice over', async () => {
    for (const name of rotationSteps) {
      await step(name);
      const made = values.new;
      await step(name);
      expect(values.new).toBe(made);
    }
    expect(writes).toEqual(['put new', 'promote new from old']);
  });

  it.each(rotationSteps)('does nothing in %s for a version that is current already', async (name) => {
    await step(name, 'old');
    expect(writes).toEqual([]);
  });

  it.each(rotationSteps)('refuses %s for a version that no rotation has begun', async (name) => {
    stages = { old: ['AWSPREVIOUS'], other: ['AWSCURRENT'] };
    await expect(step(name, 'old')).rejects.toThrow('No rotation has begun version old');
    await expect(step(name, 'none')).rejects.toThrow('No rotation has begun version none');
    expect(writes).toEqual([]);
  });

  it.each<[string, string | undefined, RegExp]>([
    ['no value', undefined, /has none/],
    ['a value that is no key', 'short', /no key for cursors/],
  ])('does not pass %s', async (_, value, message) => {
    if (value !== undefined) values.new = value;
    await expect(step('testSecret')).rejects.toThrow(message);
  });

  it('does not promote where nothing is current', async () => {
    stages = { new: ['AWSPENDING'] };
    await expect(step('finishSecret')).rejects.toThrow('no current version');
  });
});
