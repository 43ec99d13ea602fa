import { randomBytes } from 'node:crypto';
import { open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { partRangeOf, partSizeBytesOf } from '../../../contract/parts.ts';
import { readLargeFile, writeLargeFile } from '../support/large-file.ts';
import { documentsNamed, expectArrivedOnce, type LargeScene, named, openAsNora } from '../support/large-scene.ts';
import { watchParts } from '../support/part-watch.ts';

const notThere = 'Object.defineProperty(globalThis, "indexedDB", { value: undefined })';
const refused = `IDBFactory.prototype.open = () => { throw new DOMException('Not here.', 'SecurityError'); }`;
const full = `IDBObjectStore.prototype.put = () => { throw new DOMException('Full.', 'QuotaExceededError'); }`;

const whenWritten = new Date('2026-01-01T00:00:00Z');

/** What a page may find of what it kept, and of where it keeps it. */
export function storage(scene: () => LargeScene): void {
  it.each([
    ['there is none', 'none.pdf', notThere],
    ['it is refused', 'refused.pdf', refused],
    ['it is full', 'full.pdf', full],
  ])('sends files in parts without IndexedDB: %s', async (_, name, script) => {
    const file = await named(scene().small, name);
    await using tab = await openAsNora(scene(), { script });
    await tab.choose(file.path);
    await tab.untilButton(`Download ${name}`);
    await expectArrivedOnce(scene(), name, file);
    expect(tab.faults).toEqual([]);
  });

  it('never mixes a file with another one of its name and size', async () => {
    const made = scene();
    const name = 'replaced.pdf';
    const path = join(made.folder, name);
    const first = await writeLargeFile(path, made.small.sizeBytes);
    using parts = watchParts();
    await using tab = await openAsNora(made);
    await tab.choose(path);
    await parts.until(1);
    await tab.reload();
    const second = await writeLargeFile(path, made.small.sizeBytes);
    await tab.choose(path);
    await tab.untilButton(`Download ${name}`);
    const documents = await documentsNamed(made, name);
    expect(documents.map(({ state, checksum }) => [state, checksum?.value])).toEqual([
      ['available', second.checksum],
      ['pending', undefined],
    ]);
    expect(second.checksum).not.toBe(first.checksum);
  });

  it('sends the parts of a file again that changed where nobody looks', async () => {
    const made = scene();
    const name = 'edited.pdf';
    const path = join(made.folder, name);
    const { sizeBytes } = await writeLargeFile(path, made.small.sizeBytes);
    await utimes(path, whenWritten, whenWritten);
    using parts = watchParts();
    await using tab = await openAsNora(made);
    await tab.choose(path);
    await parts.until(1);
    const [finished] = parts.accepted;
    await tab.reload();
    // In the part that S3 has, with size and time as they were: only its hash tells.
    const { start } = partRangeOf(finished?.partNumber ?? 1, sizeBytes, partSizeBytesOf(sizeBytes));
    await using file = await open(path, 'r+');
    await file.write(randomBytes(100), 0, 100, start + 2 * 1024 ** 2);
    await utimes(path, whenWritten, whenWritten);
    await tab.choose(path);
    await tab.untilButton(`Download ${name}`);
    await expectArrivedOnce(made, name, await readLargeFile(path));
  });
}
