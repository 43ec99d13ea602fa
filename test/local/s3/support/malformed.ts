/** A well-formed entity would be the key, the part, the tag: what is refused must not be read at all. */
const bomb = (root: string): string => {
  const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  return `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY l0 "k">${laughs}]><${root}>&l10;</${root}>`;
};

type Malformed = [string, (root: string, child: string) => string | Buffer];

/** Documents that no operation takes, whatever its root is and the child of its root. */
export const malformedDocuments: readonly Malformed[] = [
  ['nothing', () => ''],
  ['spaces', () => '  \n'],
  ['no XML', () => '{"Key":"k"}'],
  ['a half', (root) => `<${root}>`],
  ['an element that ends as another', (root, child) => `<${root}><${child}></${root}></${child}>`],
  ['two roots', (root) => `<${root}></${root}><${root}></${root}>`],
  ['another root', (_, child) => `<Other><${child}></${child}></Other>`],
  ['other children', (root) => `<${root}><Other>k</Other></${root}>`],
  ['text for children', (root) => `<${root}>k</${root}>`],
  ['children without content', (root, child) => `<${root}><${child}><Other></Other></${child}></${root}>`],
  ['a prototype', (root) => `<${root}><__proto__><Key>k</Key></__proto__></${root}>`],
  ['an external entity', (root) => `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><${root}>&x;</${root}>`],
  ['a billion laughs', bomb],
  ['10,000 elements in each other', (root) => `<${root}>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</${root}>`],
  ['UTF-16', (root) => Buffer.from(`\ufeff<${root}></${root}>`, 'utf16le')],
];

/** Some configurations may be empty. */
export const anEmptyRoot: Malformed = ['an empty root', (root) => `<${root}></${root}>`];
