import { fileTypeFromBuffer } from 'file-type';
import type { MediaTypeSniffer } from '../ports.ts';

/** An animated PNG is a PNG: every reader of PNG shows it. */
const sameAs: Readonly<Record<string, string>> = { 'image/apng': 'image/png' };

/** One signal beside the allow list: a PDF behind an HTML prefix, for example, is no type at all. */
export const mediaTypeSniffer: MediaTypeSniffer = {
  sniff: async (start) => {
    const mime = (await fileTypeFromBuffer(start))?.mime;
    return mime === undefined ? undefined : (sameAs[mime] ?? mime);
  },
};
