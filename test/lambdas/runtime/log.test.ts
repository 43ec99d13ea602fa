import { describe, expect, it } from 'vitest';
import { errorFacts } from '../../../lambdas/runtime/log.ts';

describe('what is logged of an error', () => {
  it('is its name and place, nothing of its message even where that looks like a place', () => {
    const facts = errorFacts(new TypeError('secret\n    at patient Zoë (letter.pdf)'));
    expect(facts.errorName).toBe('TypeError');
    expect(facts.thrownAt).toMatch(/^at .*log\.test\.ts/);
    expect(JSON.stringify(facts)).not.toMatch(/secret|Zoë/);
  });

  it('is what AWS needs to find the call', () => {
    const error = Object.assign(new Error('m'), { $metadata: { requestId: 'r', httpStatusCode: 503 } });
    expect(errorFacts(error)).toMatchObject({ awsRequestId: 'r', awsStatus: 503 });
  });

  it('is the name of what caused it, and nothing more of that', () => {
    const facts = errorFacts(new Error('m', { cause: new RangeError('secret') }));
    expect(facts.causeName).toBe('RangeError');
    expect(JSON.stringify(facts)).not.toContain('secret');
    expect(errorFacts(new Error('m', { cause: 'secret' }))).not.toHaveProperty('causeName');
  });

  it('of what is no error is its type', () => {
    expect(errorFacts('secret')).toEqual({ errorName: 'string' });
  });
});
