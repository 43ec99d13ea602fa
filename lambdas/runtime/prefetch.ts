import { RefusalError } from './problem.ts';

/** `Sec-Purpose` of the Fetch standard, and what browsers sent before it. */
const purposeHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Throws where a browser asks ahead of the person: it drops the answer and asks again when the person does. */
export const refusePrefetch = (headers: Readonly<Record<string, string | undefined>>): void => {
  if (purposeHeaders.some((name) => /prefetch|prerender|preview/i.test(headers[name] ?? '')))
    throw new RefusalError({ kind: 'prefetch-refused' });
};
