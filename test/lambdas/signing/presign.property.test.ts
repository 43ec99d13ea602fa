import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presign } from '../../../lambdas/signing/presign.ts';
import { presignRequests } from './arbitraries.ts';
import { presignBySdk } from './sdk-presigner.ts';

const numRuns = 10_000;

describe('presign', () => {
  it(`makes the URL that @aws-sdk/s3-request-presigner makes, byte for byte, ${numRuns} times`, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(presignRequests, async (request) => {
        expect(presign(request)).toBe(await presignBySdk(request));
        compared++;
      }),
      { numRuns },
    );
    expect(compared).toBe(numRuns);
  }, 120_000);
});
