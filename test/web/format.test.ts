import { describe, expect, it } from 'vitest';
import { nameForDisplay, sizeInWords, speedInWords, timeLeftInWords } from '../../web/src/format.ts';

describe('sizeInWords', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [999_999, '1,000 kB'],
    [1_250_000, '1.3 MB'],
    [5_368_709_120, '5.4 GB'],
    [7e15, '7,000,000 GB'],
  ])('writes %d as %s', (sizeBytes, words) => {
    expect(sizeInWords(sizeBytes, 'en')).toBe(words);
  });

  it.each([
    [104_857_600, '104.8 MB'],
    [999_999, '999 kB'],
    [5_368_709_120, '5.3 GB'],
  ])('writes a limit of %d as %s, rounded down', (sizeBytes, words) => {
    expect(sizeInWords(sizeBytes, 'en', 'floor')).toBe(words);
  });
});

describe('speedInWords', () => {
  it.each([
    [0, '0 kB/s'],
    [640, '1 kB/s'],
    [48_000, '48 kB/s'],
    [8_340_000, '8.3 MB/s'],
    [1_250_000_000, '1.3 GB/s'],
    [9e13, '90,000 GB/s'],
  ])('writes %d bytes per second as %s', (bytesPerSecond, words) => {
    expect(speedInWords(bytesPerSecond, 'en')).toBe(words);
  });
});

describe('timeLeftInWords', () => {
  it.each([
    [0, 'a few seconds left'],
    [5, 'about 5 seconds left'],
    [42, 'about 45 seconds left'],
    [55, 'about 1 minute left'],
    [200, 'about 3 minutes left'],
    [89 * 60, 'about 89 minutes left'],
    [90 * 60, 'about 2 hours left'],
    [35 * 3600, 'about 35 hours left'],
    [60 * 3600, 'about 3 days left'],
  ])('writes %d seconds as %s', (seconds, words) => {
    expect(timeLeftInWords(seconds)).toBe(words);
  });
});

describe('nameForDisplay', () => {
  it('takes out what would show another name than there is', () => {
    expect(nameForDisplay('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(nameForDisplay('a\r\nb\u0000.pdf')).toBe('ab.pdf');
    expect(nameForDisplay('Röntgen 手 👩‍⚕️.png')).toBe('Röntgen 手 👩‍⚕️.png');
  });

  it('never shows nothing', () => {
    expect(nameForDisplay('\u202E')).toBe('unnamed');
  });
});
