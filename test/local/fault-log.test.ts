import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFaultLog } from '../../local/fault-log.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-faults-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

describe('the log of faults', () => {
  it('has one line for each, and makes its folder', () => {
    const report = openFaultLog(join(directory, 'logs'));
    report('The queue could not be written', new RangeError('disk\nis full'));
    report('The outbox could not be read', 'odd');

    const lines = readFileSync(join(directory, 'logs', 'local-cloud.log'), 'utf8').split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^\d{4}-\S+Z The queue could not be written: RangeError: disk is full$/),
      expect.stringMatching(/Z The outbox could not be read: odd$/),
      '',
    ]);
  });

  it('is the terminal where the file cannot be written', () => {
    writeFileSync(join(directory, 'logs'), 'no folder');
    const terminal = vi.spyOn(console, 'error').mockReturnValue();
    openFaultLog(join(directory, 'logs'))('The queue could not be written', new Error('disk is full'));

    expect(terminal).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/The queue could not be written: Error: disk is full \(not written to .*local-cloud\.log/),
    );
  });
});
