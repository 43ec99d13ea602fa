/** UriEncode of SigV4 (RFC 3986, unreserved characters stay); `/` is encoded too. */
export const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export const uriEncodePath = (path: string): string => path.split('/').map(uriEncode).join('/');
