const unreserved = /^[\w.~-]*$/;
const unreservedOrSlash = /^[\w.~/-]*$/;

/**
 * Percent-encodes everything but the unreserved characters of RFC 3986, as "UriEncode" of the S3 API reference
 * ("Authenticating Requests: Using Query Parameters") says. Throws URIError for a lone surrogate: it has no UTF-8 form.
 */
export const encodeUri = (text: string): string => (unreserved.test(text) ? text : encodeReserved(text));

/** Encodes an object key: once, segment by segment, and no segment is normalised away: to S3 `a/../b` is a name. */
export const encodeKey = (key: string): string =>
  unreservedOrSlash.test(key) ? key : key.split('/').map(encodeUri).join('/');

/** `encodeURIComponent` leaves five characters as they are that RFC 3986 reserves. */
const encodeReserved = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The same ASCII text in one piece. JavaScript engines keep what was put together as a tree of its pieces, and would
 * walk that tree again for every link that the text becomes a part of.
 */
export const flat = (ascii: string): string => Buffer.from(ascii, 'latin1').toString('latin1');
