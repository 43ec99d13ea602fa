import { writeSync } from 'node:fs';

/** Into the memory of the system, which takes less time than asking another thread for it. */
export function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length; )
    written += writeSync(fd, bytes, written, bytes.length - written, position + written);
}
