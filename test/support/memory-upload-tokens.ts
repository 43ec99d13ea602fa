import type { UploadTokenGrant } from '../../lambdas/domain/upload-token.ts';
import type { UploadTokens } from '../../lambdas/ports.ts';

/** Upload tokens in memory, by their hash. */
export const memoryUploadTokens = (): UploadTokens & { readonly kept: Map<string, UploadTokenGrant> } => {
  const kept = new Map<string, UploadTokenGrant>();
  return {
    kept,
    create: async (grant) => void kept.set(grant.tokenHash, grant),
    find: async (tokenHash) => kept.get(tokenHash),
  };
};
