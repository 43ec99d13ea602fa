import type { CursorKeyMaker, RotatingSecret } from '../ports.ts';

/** The steps of a rotation, in the order Secrets Manager asks for them. */
export const rotationSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

export type RotationStep = (typeof rotationSteps)[number];

interface Deps {
  readonly secret: RotatingSecret;
  readonly keys: CursorKeyMaker;
}

type Step = (deps: Deps, versionId: string, currentVersionId: string | undefined) => Promise<void>;

const createSecret: Step = async ({ secret, keys }, versionId) => {
  if ((await secret.pendingValue(versionId)) === undefined) await secret.putPending(versionId, keys.generate());
};

const testSecret: Step = async ({ secret, keys }, versionId) => {
  const value = await secret.pendingValue(versionId);
  if (value === undefined) throw new Error(`Version ${versionId} was promised a key and has none.`);
  const key = keys.keyOf(versionId, value);
  if (!key.verify(versionId, key.sign(versionId)))
    throw new Error(`Version ${versionId} does not verify what it seals.`);
};

const finishSecret: Step = async ({ secret }, versionId, currentVersionId) => {
  if (currentVersionId === undefined) throw new Error('The secret has no current version to take over from.');
  await secret.promote(versionId, currentVersionId);
};

/** Nothing outside the secret knows the key. */
const setSecret: Step = async () => undefined;

const steps: Readonly<Record<RotationStep, Step>> = { createSecret, setSecret, testSecret, finishSecret };

/**
 * One step of the rotation of the key that seals cursors ("Rotation by Lambda function" of the Secrets Manager user
 * guide). Each may come more than once. Throws for a version that no rotation has begun.
 */
export const rotateCursorKey =
  (deps: Deps) =>
  async ({ step, versionId }: { readonly step: RotationStep; readonly versionId: string }): Promise<void> => {
    const stages = await deps.secret.stages();
    if (stages[versionId]?.includes('AWSCURRENT')) return;
    if (!stages[versionId]?.includes('AWSPENDING')) throw new Error(`No rotation has begun version ${versionId}.`);
    const [currentVersionId] = Object.entries(stages).find(([, held]) => held.includes('AWSCURRENT')) ?? [];
    await steps[step](deps, versionId, currentVersionId);
  };
