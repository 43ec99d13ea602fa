import { marked } from 'marked';

/** Pages link each other as files of the repository, `KIND.md`; served, they have no ending. */
const linked = (markdown: string): string => markdown.replaceAll(/\]\(([a-z-]+)\.md\)/g, ']($1)');

/** The page of one problem, made of its Markdown when the functions are bundled. Its links hold below any stage. */
export const problemPage = (markdown: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${/^# (.+)$/m.exec(markdown)?.[1] ?? 'Problem'} – Sealdrop</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../docs/problem.css">
</head>
<body>
<main>
${marked.parse(linked(markdown), { async: false }).trim()}
</main>
<nav><a href="../docs">The whole API</a></nav>
</body>
</html>
`;
