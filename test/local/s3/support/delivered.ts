import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the queue of `crash-child.ts` took. A line that the kill cut off is none: it is delivered again. */
export async function readDelivered(dataDirectory: string): Promise<string[]> {
  const text = await readFile(join(dataDirectory, 'delivered.jsonl'), 'utf8');
  return text.split('\n').filter(isWhole);
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
