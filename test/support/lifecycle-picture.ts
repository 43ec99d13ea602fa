import { type Transition, transitions } from '../../lambdas/domain/lifecycle.ts';

/** docs/lifecycle.md, drawn from the table. Write it anew with `npx vitest run test/lambdas/domain -u`. */
export const lifecyclePicture = (): string => {
  const entries = Object.entries<Transition>(transitions);
  const arrows = entries.flatMap(([name, { from, to }]) =>
    (from.length === 0 ? ['[*]'] : from).map((state) => `  ${state} --> ${to}: ${name}`),
  );
  const finals = ['expired', 'purged'].map((state) => `  ${state} --> [*]`);
  const rows = entries.map(
    ([name, { from, to, causes, requires }]) =>
      `| ${name} | ${from.join(', ') || '(none)'} | ${to} | ${causes.join(', ')} | ${requires.join(', ')} |`,
  );
  return `# The life of a document

Drawn from the table in \`lambdas/domain/lifecycle.ts\`; a test fails where this page differs. The table is also what
the conditions of every write are compiled from, so the database refuses what is not in this picture.

\`\`\`mermaid
stateDiagram-v2
${[...arrows, ...finals].join('\n')}
\`\`\`

| transition | from | to | caused by | requires |
|---|---|---|---|---|
${rows.join('\n')}
`;
};
