import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startChromium } from '../../../bench/upload/chromium/chromium.ts';
import { apiOf } from '../../support/api.ts';
import { startNetwork } from '../support/cuttable-network.ts';
import { expectArrivedOnce, type LargeScene, named, openAsNora } from '../support/large-scene.ts';
import { expectSentOnce, watchParts } from '../support/part-watch.ts';

/** The middle: a third of the parts is there. */
const middle = 13;
/** How many a page sends at a time, six over each of Chromium's two pools of connections: they may still arrive. */
const inFlightMax = 12;

/** What may happen in the middle of an upload. */
export function interruptions(scene: () => LargeScene): void {
  it('arrives as it is, every part sent once, where nothing happens', async () => {
    const { small } = scene();
    using parts = watchParts();
    await using tab = await openAsNora(scene());
    await tab.choose(small.path);
    await tab.untilButton('Download small.pdf');
    expectSentOnce(parts, small);
    await expectArrivedOnce(scene(), 'small.pdf', small);
    expect(tab.faults).toEqual([]);
  });

  it('goes on by itself after the network was gone', async () => {
    const file = await named(scene().large, 'network.pdf');
    using parts = watchParts();
    await using network = await startNetwork();
    await using tab = await openAsNora(scene(), { proxyUrl: network.proxyUrl });
    await tab.choose(file.path);
    await parts.until(middle);
    network.cut();
    const before = parts.accepted.length;
    await setTimeout(3000);
    expect(parts.accepted.length).toBeLessThanOrEqual(before + inFlightMax);
    expect(before).toBeLessThan(file.partsCount);
    network.restore();
    await tab.untilButton('Download network.pdf');
    expectSentOnce(parts, file);
    const { id } = await expectArrivedOnce(scene(), 'network.pdf', file);
    const api = await apiOf(scene().cloud, 'patient-north');
    expect(
      createHash('sha256')
        .update(await api.download(id))
        .digest('hex'),
    ).toBe(file.sha256);
  });

  it('rests while the person pauses it, and goes on where it was', async () => {
    const file = await named(scene().large, 'pause.pdf');
    using parts = watchParts();
    await using tab = await openAsNora(scene());
    await tab.choose(file.path);
    await parts.until(middle);
    await tab.press('Pause pause.pdf');
    await tab.untilText('Paused, ');
    // What is on the wire already may arrive.
    await setTimeout(500);
    const before = parts.accepted.length;
    expect(before).toBeLessThan(file.partsCount);
    await setTimeout(1500);
    expect(parts.accepted.length).toBe(before);
    await tab.press('Resume pause.pdf');
    await tab.untilButton('Download pause.pdf');
    expectSentOnce(parts, file);
    await expectArrivedOnce(scene(), 'pause.pdf', file);
  });

  it('goes on when the page was reloaded and the file is chosen again', async () => {
    const file = await named(scene().large, 'reload.pdf');
    using parts = watchParts();
    await using tab = await openAsNora(scene());
    await tab.choose(file.path);
    await parts.until(middle);
    await tab.reload();
    await tab.until(`document.querySelector('input[type=file]') && !document.body.innerText.includes('Uploading')`);
    await tab.choose(file.path);
    await tab.untilButton('Download reload.pdf');
    expectSentOnce(parts, file);
    await expectArrivedOnce(scene(), 'reload.pdf', file);
  });

  it('goes on in a browser that was killed and opened again', async () => {
    const file = await named(scene().large, 'crash.pdf');
    const profile = join(scene().folder, 'crashing-profile');
    using parts = watchParts();
    const first = await startChromium(profile);
    const tab = await openAsNora(scene(), { isOfProfile: true }, first.devTools);
    await tab.choose(file.path);
    await parts.until(middle);
    await first.kill();
    const second = await startChromium(profile);
    const again = await openAsNora(scene(), { isOfProfile: true }, second.devTools);
    await again.choose(file.path);
    await again.untilButton('Download crash.pdf');
    await second.close();
    await rm(profile, { recursive: true, maxRetries: 5 });
    expectSentOnce(parts, file);
    await expectArrivedOnce(scene(), 'crash.pdf', file);
  });

  it('goes on after its links ran out', async () => {
    const { clock, large } = scene();
    const file = await named(large, 'expired.pdf');
    using parts = watchParts();
    await using tab = await openAsNora(scene());
    await tab.choose(file.path);
    await parts.until(middle);
    // Links live five minutes at most.
    clock.advance(301_000);
    await tab.untilButton('Download expired.pdf');
    expectSentOnce(parts, file);
    await expectArrivedOnce(scene(), 'expired.pdf', file);
  });

  it('goes on after the service was restarted', async () => {
    const made = scene();
    const file = await named(made.large, 'restart.pdf');
    using parts = watchParts();
    await using tab = await openAsNora(made);
    await tab.choose(file.path);
    await parts.until(middle);
    made.cloud = await made.cloud.restart();
    await tab.untilButton('Download restart.pdf');
    expectSentOnce(parts, file);
    await expectArrivedOnce(made, basename(file.path), file);
  });
}
