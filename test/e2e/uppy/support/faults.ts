import type { Scene } from './scene.ts';

/** Slow enough that a person could press a button meanwhile. */
export const slowParts = { kind: 'slow', operation: 'UploadPart', bytesPerSecond: 2 * 1024 ** 2, count: 1000 };

/** Lets S3 do what docs/local-s3.md calls a fault, until `clearFaults`. */
export async function arm({ control }: Scene, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${control}/_control/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(await answer.text());
}

export async function clearFaults({ control }: Scene): Promise<void> {
  await fetch(`${control}/_control/faults`, { method: 'DELETE' });
}
