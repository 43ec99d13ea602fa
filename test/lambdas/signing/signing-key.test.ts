import { describe, expect, it } from 'vitest';
import { cachedKeysMax, signingKey } from '../../../lambdas/signing/signing-key.ts';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const noon = new Date('2013-05-24T12:00:00Z');

describe('signingKey', () => {
  it('derives a key once for credentials, region and day', () => {
    const key = signingKey(credentials, 'eu-west-1', noon);
    expect(signingKey({ ...credentials }, 'eu-west-1', new Date('2013-05-24T23:59:59.999Z'))).toBe(key);
    expect(key.scope).toBe('20130524/eu-west-1/s3/aws4_request');
  });

  it.each([
    ['access key', { ...credentials, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' }, 'eu-west-1', noon],
    ['secret', { ...credentials, secretAccessKey: 'another' }, 'eu-west-1', noon],
    ['session token', { ...credentials, sessionToken: 'another' }, 'eu-west-1', noon],
    ['missing token', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }, 'eu-west-1', noon],
    ['region', credentials, 'eu-west-2', noon],
    ['day', credentials, 'eu-west-1', new Date('2013-05-25T00:00:00Z')],
  ])('never answers one key for another %s', (_, otherCredentials, region, now) => {
    const key = signingKey(credentials, 'eu-west-1', noon);
    expect(signingKey(otherCredentials, region, now)).not.toEqual(key);
    expect(signingKey(credentials, 'eu-west-1', noon)).toEqual(key);
  });

  it('forgets the oldest keys: the cache is bounded', () => {
    const key = signingKey(credentials, 'eu-west-3', noon);
    for (let day = 1; day <= cachedKeysMax; day++) {
      signingKey(credentials, 'eu-west-3', new Date(noon.getTime() + day * 86_400_000));
    }
    const derivedAgain = signingKey(credentials, 'eu-west-3', noon);
    expect(derivedAgain).not.toBe(key);
    expect(derivedAgain).toEqual(key);
  });

  it('is not fooled by credentials that are changed in place', () => {
    const changing = { ...credentials };
    const before = signingKey(changing, 'eu-west-1', noon);
    changing.secretAccessKey = 'rotated';
    expect(signingKey(changing, 'eu-west-1', noon)).not.toEqual(before);
  });
});
