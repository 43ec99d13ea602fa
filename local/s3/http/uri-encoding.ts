/** S3 reads `+` as a space in paths as well as in queries. Undefined: bad percent-encoding, or not UTF-8. */
export const uriDecode = (text: string): string | undefined => {
  if (/[^\x21-\x7e]/.test(text)) return undefined;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
