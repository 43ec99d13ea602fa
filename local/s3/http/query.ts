import { uriDecode } from './uri-encoding.ts';

/** Decoded query parameters in the order of the request, which may repeat a name. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

/** Undefined where the query string is not valid percent-encoded UTF-8. */
export function parseQuery(queryString: string): QueryParameters | undefined {
  const parameters: [string, string][] = [];
  for (const part of queryString.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = uriDecode(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : uriDecode(part.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    parameters.push([name, value]);
  }
  return parameters;
}

/** The first value of a parameter; names are compared exactly, as S3 does. */
export const queryValue = (query: QueryParameters, name: string): string | undefined =>
  query.find((parameter) => parameter[0] === name)?.[1];
