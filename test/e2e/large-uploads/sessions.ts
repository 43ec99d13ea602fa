import { expect, it } from 'vitest';
import { expectArrivedOnce, type LargeScene, named, openAsNora, signIn } from '../support/large-scene.ts';
import { watchParts } from '../support/part-watch.ts';

const middle = 13;

/** An upload that takes longer than its session. */
export function sessions(scene: () => LargeScene): void {
  it('is told to the person, who signs in, chooses the file again, and goes on where it stopped', async () => {
    const made = scene();
    const file = await named(made.large, 'session.pdf');
    using parts = watchParts();
    await using tab = await openAsNora(made);
    await tab.choose(file.path);
    await parts.until(middle);
    const before = parts.accepted.length;
    // Tokens live an hour.
    made.clock.advance(3_601_000);
    await tab.untilText('choose the files that were not finished again; large ones go on where they stopped.');
    await signIn(tab);
    await tab.choose(file.path);
    await tab.untilButton('Download session.pdf');
    const finished = new Set(parts.accepted.slice(0, before).map(({ partNumber }) => partNumber));
    expect(parts.accepted.slice(before).filter(({ partNumber }) => finished.has(partNumber))).toEqual([]);
    expect(new Set(parts.accepted.map(({ uploadId }) => uploadId)).size).toBe(1);
    await expectArrivedOnce(made, 'session.pdf', file);
  });
}
