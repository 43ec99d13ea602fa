import { type FileHandle, open } from 'node:fs/promises';
import { type MockInstance, vi } from 'vitest';

const handle = await open(import.meta.filename);
const prototype: Pick<FileHandle, 'sync' | 'datasync'> = Object.getPrototypeOf(handle);
await handle.close();

/**
 * Runs `before` ahead of every sync of a file or folder, which waits for it. What a killed process wrote is still in the
 * memory of the machine, so that only a loss of power would show a sync that is missing: the calls must.
 */
export function beforeEverySync(method: 'sync' | 'datasync', before: () => Promise<void>): MockInstance & Disposable {
  const original = prototype[method];
  return vi.spyOn(prototype, method).mockImplementation(async function (this: FileHandle) {
    await before();
    await original.call(this);
  });
}
