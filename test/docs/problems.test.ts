import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { problemExample } from '../../contract/openapi/problem-examples.ts';
import { Problem, type ProblemKind, problemKindOf, problemKinds } from '../../contract/problems.ts';
import { problemOf, type Refusal } from '../../lambdas/runtime/problem.ts';

const directory = join(import.meta.dirname, '../../docs/problems');
const kinds = Object.keys(problemKinds) as ProblemKind[];
const pageOf = (kind: string): string => readFileSync(join(directory, `${kind}.md`), 'utf8');

describe('the pages of problems', () => {
  it('are one for each kind, and none for others', () => {
    expect(readdirSync(directory).sort()).toEqual(kinds.map((kind) => `${kind}.md`).sort());
  });

  describe.each(kinds)('%s', (kind) => {
    const page = pageOf(kind);

    it('begins with title and status of the contract', () => {
      const { status, title } = problemKinds[kind];

      expect(page.split('\n', 3)).toEqual([`# ${title}`, '', `\`${kind}\`, HTTP status ${status}`]);
    });

    it('says what happened, why, and what to do, each in a sentence or more', () => {
      const parts = new Map(
        page
          .split(/^## /m)
          .slice(1)
          .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]),
      );

      expect([...parts.keys()]).toEqual(['What happened', 'Cause', 'What to do', 'Example']);
      for (const [heading, text] of parts) if (heading !== 'Example') expect(text).toMatch(/^[A-Z`].*\.$/s);
    });

    it('shows the example of the API’s description', () => {
      const json = /^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? '';

      expect(JSON.parse(json)).toEqual(problemExample(kind));
    });

    it('links to pages that there are', () => {
      const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);

      expect(targets.filter((target) => !readdirSync(directory).includes(target))).toEqual([]);
    });
  });
});

describe('the example of a problem', () => {
  it.each(kinds)('of %s is one, with its kind, status and title', (kind) => {
    const example = z.parse(z.strictObject(Problem.shape), problemExample(kind));

    expect(problemKindOf(example)).toBe(kind);
    expect(example).toMatchObject(problemKinds[kind]);
  });

  it.each(kinds)('of %s says what the API says', (kind) => {
    const { type, title, status, detail, requestId, ...facts } = problemExample(kind);

    const said = problemOf({ kind, ...facts } as Refusal, { requestId, apiAddress: 'https://api.example.com/live' });
    expect(said).toEqual({ type, title, status, detail, requestId, ...facts });
  });
});
