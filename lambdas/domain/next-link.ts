/**
 * The `Link` to the next page (RFC 8288), relative to the request: a query alone, so it holds whatever stage or domain is
 * before the path. Percent-encoded (RFC 3986), no blank as `+`.
 */
export const nextLink = (query: Readonly<Record<string, unknown>>, nextCursor: string): string => {
  const parameters = Object.entries({ ...query, cursor: nextCursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  );
  return `<?${parameters.join('&')}>; rel="next"`;
};
