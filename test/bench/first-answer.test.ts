import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAnswer } from '../../bench/cold-start/first-answer.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'first-answer-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const callOf = (handler: string) => {
  const bundlePath = join(directory, `${Math.random()}.cjs`);
  writeFileSync(bundlePath, `exports.handler = async (event) => { ${handler} };`);
  return {
    bundlePath,
    event: { greeting: 'hello' },
    environment: { WORLD: 'world' },
    isGood: (answer: unknown) => answer === 'hello world',
  };
};

describe('firstAnswer', () => {
  it('gives a fresh process the event and the environment, and takes its answer', async () => {
    const call = callOf('console.log("a log line"); return event.greeting + " " + process.env.WORLD;');
    await expect(firstAnswer(call)).resolves.toBeUndefined();
  });

  it.each([
    ['answers otherwise', 'return { statusCode: 500 };', '{"statusCode":500}'],
    ['throws', 'throw new Error("no table");', 'no table'],
    ['never answers', 'return new Promise(() => undefined);', 'did not answer well'],
  ])('throws where the function %s, and says what it said', async (_, handler, said) => {
    await expect(firstAnswer(callOf(handler))).rejects.toThrow(said);
  });
});
