import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemType } from '../../../contract/problems.ts';
import { apiOf, problemOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { countRotations, secretsFile } from './support/kept.ts';

const dayMs = 86_400_000;
const clock = shiftedClock();
let cloud: TestCloud;

/** Closing waits for a rotation that is under way, so after it there is none; and no function is warm. */
const restart = async (): Promise<void> => {
  cloud = await cloud.restart();
};

const pageAfter = async (cursor: string | undefined, person = 'patient-north') => {
  const api = await apiOf(cloud, person);
  return api.call(`/v1/documents?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`);
};

/** Goes so many days ahead, and comes back: tokens are of the present. */
const rotateAfter = async (days: number): Promise<void> => {
  clock.advance(days * dayMs);
  cloud.wake();
  clock.reset();
  await restart();
};

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  await restart();
  const api = await apiOf(cloud, 'patient-north');
  for (const name of ['first.pdf', 'second.pdf']) await api.declare(Buffer.from(name), name);
}, 120_000);

afterAll(() => cloud.close());

describe('list cursors, from the template', () => {
  let cursor: string;
  let pageTwo: string;

  it('lead to the next page', async () => {
    const first = JSON.parse((await pageAfter(undefined)).text);
    cursor = first.nextCursor;
    pageTwo = (await pageAfter(cursor)).text;

    expect(first.documents).toMatchObject([{ fileName: 'second.pdf' }]);
    expect(JSON.parse(pageTwo)).toMatchObject({ documents: [{ fileName: 'first.pdf' }] });
    expect(JSON.parse(pageTwo)).not.toHaveProperty('nextCursor');
  });

  it("that are forged, cut or another person's are refused in the same words", async () => {
    const forged = Buffer.from('1:01890a5d-ac96-774b-bcce-b302099a8057').toString('base64url');
    const answers = [
      await pageAfter(forged),
      await pageAfter(cursor.slice(0, -1)),
      await pageAfter(cursor.replace(/^..../, 'AQAA')),
      await pageAfter('x'.repeat(257)),
      await pageAfter(cursor, 'patient-south'),
      await pageAfter(cursor, 'clinician-north'),
    ].map((answer) => ({ ...problemOf(answer), requestId: '' }));

    expect(answers[0]).toMatchObject({
      type: problemType(cloud.origin, 'invalid-request'),
      errors: [{ pointer: 'query:cursor' }],
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('outlive one rotation of their key by the clock, and not two', async () => {
    const before = countRotations(cloud);
    await rotateAfter(90);
    expect(countRotations(cloud)).toBe(before + 1);
    expect((await pageAfter(cursor)).text).toBe(pageTwo);

    await rotateAfter(180);
    expect(countRotations(cloud)).toBe(before + 2);
    expect(problemOf(await pageAfter(cursor))).toMatchObject({ errors: [{ pointer: 'query:cursor' }] });
    expect(JSON.parse((await pageAfter(undefined)).text).nextCursor).toEqual(expect.any(String));
  }, 60_000);

  it('are sealed with keys that nobody else on the machine may read', () => {
    expect(statSync(secretsFile(cloud)).mode & 0o777).toBe(0o600);
  });
});
