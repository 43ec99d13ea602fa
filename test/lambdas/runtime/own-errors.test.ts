import { describe, expect, it, vi } from 'vitest';
import { CursorKeysUnavailableError } from '../../../lambdas/adapters/secrets/cursor-keys.ts';
import { apiEvent } from '../../support/api-event.ts';
import { answer, declared, kindOf, post, problem, useCase } from '../../support/api-handler.ts';

describe('an error of ours', () => {
  const secret = 'SECRET patient name X-Amz-Signature=abc';
  const failing = (error: Error) => {
    useCase.mockRejectedValue(error);
    return apiEvent({ body: JSON.stringify(declared) });
  };

  it('is answered without its message and logged without it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const refused = await problem(post, failing(new Error(secret)));
    expect(kindOf(refused)).toBe('internal-error');
    expect(JSON.stringify(refused)).not.toContain('SECRET');
    expect(log).toHaveBeenCalled();
    expect(JSON.stringify(log.mock.calls)).toContain('REQUEST_FAILED');
    expect(JSON.stringify(log.mock.calls)).not.toContain('SECRET');
  });

  it.each([
    ['throttling', { name: 'ProvisionedThroughputExceededException' }],
    ['a time-out', { name: 'TimeoutError' }],
    ['what the SDK would try again', { $retryable: { throttling: true } }],
    ['a fault of AWS', { $metadata: { httpStatusCode: 500 } }],
  ])('that is %s asks to come back', async (_what, facts) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { statusCode, headers } = await answer(post, failing(Object.assign(new Error(secret), facts)));
    expect({ statusCode, retryAfter: headers['Retry-After'] }).toEqual({ statusCode: 503, retryAfter: '1' });
  });

  it('that is a missing key for cursors asks to come back, and tells operators what is missing', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const missing = Object.assign(new Error(secret), { name: 'ResourceNotFoundException' });
    const { statusCode } = await answer(post, failing(new CursorKeysUnavailableError('arn', missing)));
    expect(statusCode).toBe(503);
    const line = JSON.stringify(log.mock.calls);
    for (const said of ['CursorKeysUnavailableError', 'ResourceNotFoundException']) expect(line).toContain(said);
    expect(line).not.toContain('SECRET');
  });
});
