/** Whether the local S3 tells anybody of new objects; it does until it is told otherwise. */
export interface S3Events {
  drop(): Promise<void>;
  deliver(): Promise<void>;
}

/**
 * By the control surface of the local S3. On one machine, all that follows from an object takes the processors from the
 * next upload; on AWS an upload has them for itself.
 */
export const s3EventsAt = (controlOrigin: string): S3Events => {
  const ask = async (init: RequestInit): Promise<void> => {
    const response = await fetch(`${controlOrigin}/_control/faults`, init);
    if (!response.ok) throw new Error(`The local S3 does not do so: ${await response.text()}`);
  };
  const deliver = () => ask({ method: 'DELETE' });
  return {
    deliver,
    drop: async () => {
      await deliver();
      const body = JSON.stringify({ kind: 'drop-events', count: 1_000_000 });
      await ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    },
  };
};
