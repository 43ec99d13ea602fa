import { it } from 'vitest';
import { expectArrivedOnce, type LargeScene, named, openAsNora, signIn } from '../support/large-scene.ts';
import { expectSentOnce, watchParts } from '../support/part-watch.ts';

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
    // Tokens live an hour.
    made.clock.advance(3_601_000);
    await tab.untilText('choose the files that were not finished again; large ones go on where they stopped.');
    await signIn(tab);
    await tab.choose(file.path);
    await tab.untilButton('Download session.pdf');
    expectSentOnce(parts, file);
    await expectArrivedOnce(made, 'session.pdf', file);
  });
}
