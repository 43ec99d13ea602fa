import * as z from 'zod/mini';
import { type rotateCursorKey, rotationSteps } from '../usecases/rotate-cursor-key.ts';
import { logError, logInfo } from './log.ts';

/** What Secrets Manager sends; only the fields that are used. */
const RotationEvent = z.object({ Step: z.enum(rotationSteps), SecretId: z.string(), ClientRequestToken: z.string() });

/** Secrets Manager's calls, for one secret and no other. */
export const secretRotationHandler =
  (rotate: ReturnType<typeof rotateCursorKey>, { secretId }: { readonly secretId: string }) =>
  async (event: unknown): Promise<void> => {
    const { Step: step, SecretId, ClientRequestToken: versionId } = z.parse(RotationEvent, event);
    try {
      if (SecretId !== secretId) throw new Error('This function rotates another secret.');
      await rotate({ step, versionId });
    } catch (cause) {
      logError('KEY_ROTATION_STEP_FAILED', cause, { step, versionId });
      throw cause;
    }
    logInfo('KEY_ROTATION_STEP_DONE', { step, versionId });
  };
