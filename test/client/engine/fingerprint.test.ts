import { describe, expect, it } from 'vitest';
import { fingerprintOf, subjectOf } from '../../../client/engine/fingerprint.ts';
import type { FileSource } from '../../../client/source.ts';
import { fakeHasher, sourceOfBytes } from '../support/fake-hasher.ts';

const { signal } = new AbortController();
const sizeBytes = 1_000_000;
const bytes = Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 7) % 256);
const of = (source: FileSource, words: readonly unknown[] = ['https://api.example', 'anna']) =>
  fingerprintOf(fakeHasher(), source, words, signal);
const changedAt = (at: number): FileSource => {
  const changed = bytes.slice();
  changed[at] = 1 + (changed[at] ?? 0);
  return sourceOfBytes(changed);
};

describe('the fingerprint of a file', () => {
  it('is the same for the same file, and tells nothing of it', async () => {
    const fingerprint = await of(sourceOfBytes(bytes));
    expect(await of(sourceOfBytes(bytes.slice()))).toBe(fingerprint);
    expect(fingerprint).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it.each([
    ['size', { ...sourceOfBytes(bytes), sizeBytes: sizeBytes - 1 }],
    ['name', { ...sourceOfBytes(bytes), name: 'other.pdf' }],
    ['type', { ...sourceOfBytes(bytes), type: 'image/png' }],
    ['date', { ...sourceOfBytes(bytes), lastModified: 2 }],
    ['first byte', changedAt(0)],
    ['middle', changedAt(sizeBytes / 2)],
    ['last byte', changedAt(sizeBytes - 1)],
  ])('is another for another %s', async (_, source) => {
    expect(await of(source)).not.toBe(await of(sourceOfBytes(bytes)));
  });

  it('is another for somebody else, another service, and other words about it', async () => {
    const fingerprints = await Promise.all([
      of(sourceOfBytes(bytes)),
      of(sourceOfBytes(bytes), ['https://api.example', 'ben']),
      of(sourceOfBytes(bytes), ['https://other.example', 'anna']),
      of(sourceOfBytes(bytes), ['https://api.example', 'anna', { category: 'reports' }]),
    ]);
    expect(new Set(fingerprints).size).toBe(4);
  });

  it('reads three small samples, and of a small file all of it', async () => {
    const read: [number, number][] = [];
    const counting = (source: FileSource): FileSource => ({
      ...source,
      read: (start, end) => {
        read.push([start, end]);
        return source.read(start, end);
      },
    });
    await of(counting(sourceOfBytes(bytes)));
    expect(read.map(([start, end]) => end - start)).toEqual([65_536, 65_536, 65_536]);
    read.length = 0;
    await of(counting(sourceOfBytes(bytes.slice(0, 100))));
    expect(read).toEqual([
      [0, 100],
      [0, 100],
      [0, 100],
    ]);
  });
});

describe('whose a token is', () => {
  const tokenOf = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.x`;

  it.each([
    [tokenOf('{"sub":"anna-1","name":"Änna ~ÿ"}'), 'anna-1'],
    [tokenOf('{"sub":7}'), ''],
    [tokenOf('not JSON'), ''],
    ['an opaque token', ''],
    ['', ''],
  ])('%#: is %2$j', (token, subject) => {
    expect(subjectOf(token)).toBe(subject);
  });
});
