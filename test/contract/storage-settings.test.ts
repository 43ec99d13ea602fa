import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeployedStorage, storageSettingsOf } from '../../contract/storage-settings.ts';

const deployed: DeployedStorage = { bucketName: 'reports-bucket', region: 'eu-central-1', encryption: 's3' };
const right = { bucket_name: 'reports-bucket', region: 'eu-central-1' };
const read = (fields: object, of: DeployedStorage = deployed) => storageSettingsOf(JSON.stringify(fields), of);
const wrongFields = (fields: object, of?: DeployedStorage) => {
  const settings = read(fields, of);
  return settings.ok ? [] : settings.failure.map(({ field }) => field);
};

describe('a secret with storage settings', () => {
  it.each([
    [{}, {}],
    [{ folder_prefix: '' }, {}],
    [{ folder_prefix: 'documents' }, {}],
    [{ folder_prefix: 'documents/', encryption: 'AES256' }, {}],
    [{ retention_days: 90 }, { retentionDays: 90 }],
    [{ retention_days: 36_500 }, { retentionDays: 36_500 }],
    [{ retention_days: '2555' }, { retentionDays: 2555 }],
  ])('can say %j beside bucket and region', (fields, value) => {
    expect(read({ ...right, ...fields })).toEqual({ ok: true, value });
  });

  it('agrees with the encryption of the environment', () => {
    const kms: DeployedStorage = { ...deployed, encryption: 'kms' };
    expect(read({ ...right, encryption: 'aws:kms' }, kms).ok).toBe(true);
    expect(wrongFields({ ...right, encryption: 'AES256' }, kms)).toEqual(['encryption']);
    expect(wrongFields({ ...right, encryption: 'aws:kms' })).toEqual(['encryption']);
  });

  it.each([
    ['bucket_name', [undefined, 'another-bucket', '', 5, null]],
    ['region', [undefined, 'eu-west-1', null]],
    ['folder_prefix', ['provider-payments/', '/documents/', null, 1]],
    ['encryption', ['', 'none', null, true]],
    ['retention_days', [89, 36_501, 90.5, -90, '', '90d', '1e3', null, true, [90], {}]],
  ])('is refused for %s, and for nothing else', (field, values) => {
    for (const value of values) expect(wrongFields({ ...right, [field]: value })).toEqual([field]);
  });

  it('is refused for all that is wrong at once, and told what to do of each', () => {
    const settings = read({ region: 'x', folder_prefix: 'y', encryption: 'z', retention_days: 1, colour: 'red' });
    if (settings.ok) throw new Error('It was taken.');
    expect(settings.failure.map(({ field }) => field)).toEqual([
      'bucket_name',
      'region',
      'folder_prefix',
      'encryption',
      'retention_days',
      'colour',
    ]);
    for (const { detail } of settings.failure) expect(detail).toMatch(/^(Set it|Leave it out|Take it out).*\.$/);
  });

  it.each(['aws_access_key_id', 'AWS_SECRET_ACCESS_KEY', 'secret_key', 'session_token'])(
    'that holds %s says that nobody needs it',
    (name) => {
      const settings = read({ ...right, [name]: 'AKIAIOSFODNN7EXAMPLE' });
      expect(settings).toMatchObject({ failure: [{ field: name, detail: expect.stringContaining('delete the key') }] });
    },
  );

  it.each(['', 'bucket', '[]', 'null', '"text"', '{', '7'])('that is %j is no settings', (text) => {
    expect(storageSettingsOf(text, deployed)).toMatchObject({ ok: false, failure: [{ field: 'secret' }] });
  });

  it('is never a bug, and no message or name of a field repeats a value', () => {
    const marked = fc.dictionary(
      fc.oneof(fc.constantFrom('bucket_name', 'region', 'encryption', '__proto__', 'toString'), fc.string()),
      fc.oneof(fc.constant('MARK-1234567'), fc.jsonValue()),
    );
    fc.assert(
      fc.property(marked, (fields) => {
        const settings = storageSettingsOf(JSON.stringify({ ...fields, 'MARK-1234567': 1 }), deployed);
        expect(settings.ok).toBe(false);
        expect(JSON.stringify(settings)).not.toContain('MARK-1234567');
      }),
    );
  });
});
