import type { Settings } from '../../contract/schemas/settings.ts';

/** The smallest files that are what they say, one for each type that a profile can accept. */
const contents: Readonly<Record<string, Uint8Array>> = {
  'application/pdf': Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'),
  'image/png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  'image/jpeg': Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////2Q==', 'base64'),
};

/** Metadata as the profile asks for it, which says what the document is. */
const metadataOf = ({ requiredMetadata, categories, subjectTypes }: Settings) => {
  const [category = '', type = ''] = [categories[0], subjectTypes[0]];
  const all = {
    category,
    subject: { type, id: 'connection-test' },
    title: 'Connection test',
    description: 'Made by the connection test, which deletes it again.',
    documentDate: new Date().toISOString().slice(0, 10),
    tags: ['connection-test'],
    attributes: { reportType: 'connection test' },
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => requiredMetadata.some((field) => field === name)));
};

/** A tiny document that the environment accepts. */
export const sampleFor = (settings: Settings) => {
  const accepted = settings.mediaTypes.find(({ name }) => Object.hasOwn(contents, name));
  const content = accepted && contents[accepted.name];
  if (accepted === undefined || content === undefined)
    throw new Error('The profile accepts no type that is known here.');
  const fileName = `connection-test${accepted.extensions[0] ?? ''}`;
  return { content, fileName, mediaType: accepted.name, metadata: metadataOf(settings) };
};
