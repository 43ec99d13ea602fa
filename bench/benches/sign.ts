import { compareForms } from '../sign/form.ts';
import { compareParts } from '../sign/parts.ts';
import { comparePuts } from '../sign/put.ts';
import { signatories } from '../sign/signed.ts';
import type { Findings } from './bench.ts';

export const run = async (): Promise<Findings> => {
  const groups = [];
  for (const compareKind of [comparePuts, compareParts, compareForms]) {
    for (const signatory of signatories) groups.push(await compareKind(signatory));
  }
  return { unit: 'µs', ratio: 'speed', groups };
};
