/** The longest that the control surface of the local S3 holds anything. */
const holdMs = 60_000;

/**
 * Keeps what the local S3 tells of new objects, for a minute at most, until it is released: on one machine all that
 * follows from it would take the processors from the upload, which on AWS has them for itself.
 */
export const holdEvents = async (controlOrigin: string): Promise<{ release(): Promise<void> }> => {
  const faults = `${controlOrigin}/_control/faults`;
  const ask = async (init: RequestInit): Promise<void> => {
    const response = await fetch(faults, init);
    if (!response.ok) throw new Error(`The local S3 does not hold events: ${await response.text()}`);
  };
  await ask({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'delay-events', count: 1_000_000, delayMs: holdMs }),
  });
  return { release: () => ask({ method: 'DELETE' }) };
};
