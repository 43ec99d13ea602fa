import { describe, expect, it } from 'vitest';
import { formBody } from '../../client/form-body.ts';
import { formOf } from './support/form-of.ts';

const fields = { key: 'documents/ä/1', 'Content-Type': 'application/pdf', policy: 'e30=', 'odd"name': 'a\r\nb' };
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);

describe('a form with a file', () => {
  it.each([
    ['bytes', bytes],
    ['a blob', new Blob([bytes])],
  ])('of %s says what browsers would say, with the file as its last field', async (_, file) => {
    const { contentType, body } = formBody(fields, file);
    // Node's own parser, of the Fetch standard.
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const entries = [...form.entries()];
    expect(Object.fromEntries(entries.slice(0, -1))).toEqual(fields);
    const [name, sent] = entries.at(-1) ?? [];
    expect(name).toBe('file');
    expect(new Uint8Array(await (sent as File).arrayBuffer())).toEqual(bytes);
  });

  it('is separated by what no file can know', () => {
    const [first, second] = [formBody(fields, bytes), formBody(fields, bytes)];
    expect(first.contentType).not.toBe(second.contentType);
    const { file } = formOf(first.contentType, first.body as Uint8Array);
    expect(new Uint8Array(file)).toEqual(bytes);
  });
});
