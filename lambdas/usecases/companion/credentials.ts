import type { Failure } from '../../domain/failure.ts';
import { fail, type Result } from '../../domain/result.ts';

/** On purpose: who has credentials can do all that they allow, with any file, as long as they live. */
export const companionCredentials = () => async (): Promise<Result<Record<string, never>, Failure>> =>
  fail({ kind: 'credentials-not-offered' });
