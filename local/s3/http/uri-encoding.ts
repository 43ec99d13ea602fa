/** UriEncode of SigV4 (RFC 3986, unreserved characters stay); `/` is encoded too. */
export const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export const uriEncodePath = (path: string): string => path.split('/').map(uriEncode).join('/');

/** S3 reads `+` as a space in paths as well as in queries. Undefined: bad percent-encoding, or not UTF-8. */
export const uriDecode = (text: string): string | undefined => {
  if (/[^\x21-\x7e]/.test(text)) return undefined;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
