const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which keys may hold, become references, as S3 writes them. */
const escapeText = (text: string): string =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

/** An element already written. Elements keep their order, which version listings need and object-to-XML builders lose. */
export interface Xml {
  readonly xml: string;
}

/** Text is escaped; undefined children are left out. */
export function element(name: string, ...children: readonly (Xml | string | number | boolean | undefined)[]): Xml {
  const content = children
    .map((child) => (typeof child === 'object' ? child.xml : child === undefined ? '' : escapeText(String(child))))
    .join('');
  return { xml: `<${name}>${content}</${name}>` };
}

const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole answer in S3's namespace. */
export const xmlDocument = (root: string, ...children: readonly (Xml | undefined)[]): string =>
  `${xmlDeclaration}<${root}${namespace}>${children.map((child) => child?.xml ?? '').join('')}</${root}>`;
