import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPresent, runClient } from './child.ts';
import { bucketName, patternOf, startForClients } from './server.ts';

const isMissing = !isPresent('python3', ['-c', 'import boto3']);
const reason = isMissing ? ' (skipped: no boto3 on this machine)' : '';

describe.skipIf(isMissing)(`boto3${reason}`, () => {
  it('uploads in parts, downloads by ranges, lists and deletes', async () => {
    await using s3 = await startForClients();
    const script = join(import.meta.dirname, 'boto3_client.py');
    const sha256 = createHash('sha256')
      .update(patternOf(11 * 1024 ** 2))
      .digest('hex');
    expect(JSON.parse(await runClient(s3.origin, 'python3', [script, bucketName]))).toEqual({
      sent: sha256,
      read: sha256,
      etag: expect.stringMatching(/-3"$/),
      metadata: { kind: 'lab' },
      checksumType: expect.stringMatching(/^(COMPOSITE|FULL_OBJECT)$/),
      small: 'ell',
      keys: ['parts', 'small ü+'],
      deleted: ['parts', 'small ü+'],
      code: 'NoSuchKey',
    });
  });
});
