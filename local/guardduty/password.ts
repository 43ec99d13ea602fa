/** Bytes that are kept from the beginning and from the end, in which headers and trailers are looked for. */
const windowSizeBytes = 64 * 1024;

export interface ProtectionDetector {
  update(chunk: Uint8Array): void;
  /** Whether what came so far is a file that needs a password to be read. */
  isProtected(): boolean;
}

/**
 * Recognizes what is cheap to recognize: a ZIP archive whose first entry is encrypted (APPNOTE 4.4.4, bit 0), and a PDF
 * whose last cross-reference section names an encryption dictionary (ISO 32000-1, 7.5.5 and 7.5.8).
 */
export const createProtectionDetector = (): ProtectionDetector => {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let sizeBytes = 0;

  /** What stands at an offset of the file, as far as it was kept. */
  const textAt = (offset: number): string | undefined => {
    if (offset < head.length) return head.toString('latin1', offset);
    const tailOffset = sizeBytes - tail.length;
    return offset >= tailOffset ? tail.toString('latin1', offset - tailOffset) : undefined;
  };

  const isProtectedPdf = (): boolean => {
    const end = tail.toString('latin1');
    const [, offset = '0'] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(end) ?? [];
    // The table of a large file may begin before what was kept; its trailer follows it.
    const section = textAt(Number(offset)) ?? end.slice(Math.max(0, end.lastIndexOf('trailer')));
    const [dictionary = ''] = section.split(/\bstream\b|\bstartxref\b/, 1);
    return /\/Encrypt(?![A-Za-z])/.test(dictionary);
  };

  return {
    update: (chunk) => {
      sizeBytes += chunk.length;
      if (head.length < windowSizeBytes) head = Buffer.concat([head, chunk.subarray(0, windowSizeBytes - head.length)]);
      tail = Buffer.concat([tail, chunk]);
      tail = tail.subarray(Math.max(0, tail.length - windowSizeBytes));
    },
    isProtected: () => {
      if (head.length >= 8 && head.readUInt32LE(0) === 0x04_03_4b_50) return (head.readUInt16LE(6) & 1) === 1;
      return head.toString('latin1', 0, 5) === '%PDF-' && isProtectedPdf();
    },
  };
};
