import type { Secret } from './secret.ts';

const dayMs = 86_400_000;

/** When a secret is to be rotated next; undefined where nothing rotates it, or its schedule is new. */
export const nextRotation = (secret: Secret): Date | undefined => {
  const { rotation } = secret.plan;
  const from = secret.countedFrom();
  if (rotation === undefined || from === undefined) return undefined;
  return new Date(from.getTime() + rotation.intervalDays * dayMs);
};
