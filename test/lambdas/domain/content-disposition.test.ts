import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispositions } from '../../../contract/schemas/download.ts';
import { contentDisposition, safeFileName } from '../../../lambdas/domain/content-disposition.ts';

/** A reader of RFC 6266 / 8187 of its own: it shares nothing with the encoder. */
const parse = (header: string): { disposition: string; plain: string; extended: string | undefined } => {
  const match = /^(attachment|inline); filename="([^"\\]*)"(?:; filename\*=UTF-8''([!#$&+\-.^_`|~0-9A-Za-z%]*))?$/.exec(
    header,
  );
  if (match === null) throw new Error(`not a header of the grammar: ${JSON.stringify(header)}`);
  const [, disposition = '', plain = '', encoded] = match;
  if (encoded === undefined) return { disposition, plain, extended: undefined };
  const bytes = encoded.replace(
    /%([0-9A-F]{2})|(.)/g,
    (_all, hex: string | undefined, other: string | undefined) =>
      hex ?? (other ?? '').charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return { disposition, plain, extended: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'hex')) };
};

const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '/',
      '\r',
      '\n',
      '\0',
      '\u202e',
      '\u2066',
      '%',
      "'",
      ';',
      '=',
      'é',
      '😀',
      '\ud800',
      '.',
      'a',
    ),
    minLength: 1,
    maxLength: 20,
  }),
);

describe('the Content-Disposition of a download', () => {
  it('is one well-formed ASCII header whatever the name, and carries the safe name', () => {
    fc.assert(
      fc.property(anyName, fc.constantFrom(...dispositions), (name, wanted) => {
        const header = contentDisposition(wanted, name, 'application/pdf');
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        const { disposition, plain, extended } = parse(header);
        expect(disposition).toBe(wanted);
        expect(extended ?? plain).toBe(safeFileName(name, 'application/pdf'));
      }),
      { numRuns: 2000 },
    );
  });

  it('names nothing that could hide, climb or break out', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const safe = safeFileName(name, 'image/png');
        expect(safe).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/u);
        expect(safe).not.toMatch(/^[. ]|[. ]$/);
        expect(safe).toMatch(/\.png$/i);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    [
      'Befund für Zoë.pdf',
      `attachment; filename="Befund f_r Zo_.pdf"; filename*=UTF-8''Befund%20f%C3%BCr%20Zo%C3%AB.pdf`,
    ],
    ['100%.pdf', `attachment; filename="100_.pdf"; filename*=UTF-8''100%25.pdf`],
    ['invoice\u202Efdp.exe', 'attachment; filename="invoicefdp.exe.pdf"'],
    ['a"; filename="evil.exe', 'attachment; filename="a_; filename=_evil.exe.pdf"'],
    ['../../etc/passwd', 'attachment; filename="_.._etc_passwd.pdf"'],
    ['a\r\nSet-Cookie: x', 'attachment; filename="aSet-Cookie_ x.pdf"'],
    ['\u0000\u202e..', 'attachment; filename="document.pdf"'],
    ['REPORT.PDF', 'attachment; filename="REPORT.PDF"'],
    ['CON.pdf', 'attachment; filename="_CON.pdf"'],
    ["it's (1)*.pdf", `attachment; filename="it's (1)_.pdf"`],
  ])('of %j is %s', (name, header) => {
    expect(contentDisposition('attachment', name, 'application/pdf')).toBe(header);
  });
});
