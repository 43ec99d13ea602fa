import { beforeEach, describe, expect, it, vi } from 'vitest';
import { secretRotationHandler } from '../../../lambdas/runtime/secret-rotation-handler.ts';

const event = { Step: 'createSecret', SecretId: 'arn:secret', ClientRequestToken: 'new', RotationToken: 'more' };

describe('the handler of rotations', () => {
  const rotate = vi.fn(async () => undefined);
  const handle = secretRotationHandler(rotate, { secretId: 'arn:secret' });
  let log: string[];

  beforeEach(() => {
    log = [];
    rotate.mockReset();
    vi.spyOn(console, 'error').mockImplementation((line) => void log.push(`${line}`));
  });

  it('asks for the step that Secrets Manager asks for', async () => {
    await handle(event);
    expect(rotate.mock.calls).toEqual([[{ step: 'createSecret', versionId: 'new' }]]);
  });

  it.each([
    ['another secret', { ...event, SecretId: 'arn:other' }],
    ['another step', { ...event, Step: 'deleteSecret' }],
    ['no token', { ...event, ClientRequestToken: undefined }],
    ['nothing', undefined],
  ])('refuses %s', async (_, wrong) => {
    await expect(handle(wrong)).rejects.toThrow();
    expect(rotate).not.toHaveBeenCalled();
  });

  it('fails as the step fails, and says so without what the error quotes', async () => {
    rotate.mockRejectedValue(new Error('the key itself'));
    await expect(handle(event)).rejects.toThrow('the key itself');
    expect(log.join()).toContain('KEY_ROTATION_STEP_FAILED');
    expect(log.join()).not.toContain('the key itself');
  });
});
