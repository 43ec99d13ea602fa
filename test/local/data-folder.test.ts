import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../local/data-folder.ts';

let parent: string;
let directory: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'sealdrop-data-'));
  directory = join(parent, 'data');
});

afterEach(() => rmSync(parent, { recursive: true }));

describe('a data folder', () => {
  it('is made where it is missing, and keeps its secret to itself and for ever', () => {
    const first = openDataFolder(directory);
    first.release();
    const second = openDataFolder(directory);
    second.release();

    expect(first.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(second.secret).toBe(first.secret);
    expect(statSync(join(directory, 'secret')).mode & 0o077).toBe(0);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });

  it('is made with every folder above it that is missing, for its owner only', () => {
    openDataFolder(join(directory, 'of', 'mine')).release();

    for (const made of [directory, join(directory, 'of'), join(directory, 'of', 'mine')]) {
      expect(statSync(made).mode & 0o077).toBe(0);
    }
  });

  it('takes no half-written secret for one', () => {
    openDataFolder(directory).release();
    writeFileSync(join(directory, 'secret'), '');
    const { secret, release } = openDataFolder(directory);
    release();

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is let go where it cannot be opened after all', () => {
    openDataFolder(directory).release();
    rmSync(join(directory, 'secret'));
    mkdirSync(join(directory, 'secret'));
    expect(() => openDataFolder(directory)).toThrow(/cannot be used \(EISDIR\)/);
    rmSync(join(directory, 'secret'), { recursive: true });
    openDataFolder(directory).release();
  });

  it('is emptied when asked to, with a new secret', () => {
    const first = openDataFolder(directory);
    mkdirSync(join(directory, 's3'));
    writeFileSync(join(directory, 's3', 'object'), 'bytes');
    first.release();

    const second = openDataFolder(directory, { fresh: true });
    second.release();

    expect(existsSync(join(directory, 's3'))).toBe(false);
    expect(second.secret).not.toBe(first.secret);
  });

  it.each([{ fresh: true }, { fresh: false }])('never touches a folder that is not ours (%o)', (options) => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'thesis.txt'), 'years of work');

    expect(() => openDataFolder(directory, options)).toThrow(/holds other files.*--data/);
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  it.each([{ fresh: true }, { fresh: false }])('is used by one at a time (%o)', (options) => {
    const first = openDataFolder(directory);
    writeFileSync(join(directory, 'kept'), '');
    expect(() => openDataFolder(directory, options)).toThrow(/Another Sealdrop is using .*--data/);
    expect(existsSync(join(directory, 'kept'))).toBe(true);
    first.release();
  });

  it('of another version is refused', () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'sealdrop-data.json'), '{"format":2}\n');
    expect(() => openDataFolder(directory)).toThrow(/another version.*--data/);
  });

  it('must be a folder', () => {
    writeFileSync(directory, 'a file');
    expect(() => openDataFolder(directory)).toThrow(/cannot be used \(EEXIST\).*--data/);
    expect(() => openDataFolder(join(directory, 'below'))).toThrow(/cannot be used \(ENOTDIR\).*--data/);
  });
});
