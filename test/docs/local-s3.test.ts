import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { operations } from '../../local/s3/routing/operations.ts';

/** Forms are posted by browsers: no command of the SDK stands for them, and no row of the table. */
const ofForms = ['PostObject'];

const page = readFileSync(join(import.meta.dirname, '../../docs/local-s3.md'), 'utf8');
const [supported = '', refused = ''] = page.split('\n## Refused\n');
const rowsOf = (part: string) =>
  [...part.matchAll(/^\| \[(\w+)\]\((\S+)\) \|.*\|$/gm)].map(([row, name = '', source = '']) => ({
    name,
    source,
    row,
  }));

it('has a row for every operation of the code, and says of no other that it is supported', () => {
  const names = [...operations.map(({ name }) => name), ...ofForms];
  expect(rowsOf(supported).map(({ name }) => name)).toEqual(names);
  expect(rowsOf(refused).filter(({ name }) => names.includes(name))).toEqual([]);
});

it('leaves out no operation that clients know', () => {
  const known = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
  expect(known.length).toBeGreaterThan(90);
  expect(
    rowsOf(page)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...known, ...ofForms].toSorted());
});

it('names the AWS document of each', () => {
  for (const { name, source } of rowsOf(page)) {
    const page = ofForms.includes(name) ? 'RESTObjectPOST' : `API_${name}`;
    expect(source).toBe(`https://docs.aws.amazon.com/AmazonS3/latest/API/${page}.html`);
  }
});

it.each(operations)('tells what is refused with $name', ({ name, refusedHeaders = [], refusedQuery = [] }) => {
  const row = rowsOf(supported).find((candidate) => candidate.name === name)?.row ?? '';
  const told = [...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, header]) => header);
  expect(told).toEqual([...refusedHeaders, ...refusedQuery]);
});
