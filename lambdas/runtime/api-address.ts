import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Header names have no case, and whoever asks may not have lowered them yet. */
const headerOf = ({ headers }: APIGatewayProxyEvent, wanted: string): string | undefined =>
  Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/**
 * What stands before the resource in the path: the stage at the API's own address, the base path of a custom domain, or
 * nothing. The gateway ignores a slash at the end.
 */
const prefixOf = ({ requestContext, resource }: APIGatewayProxyEvent): string => {
  const path = segmentsOf(requestContext.path);
  const before = path.slice(0, Math.max(0, path.length - segmentsOf(resource).length));
  return before.map((segment) => `/${segment}`).join('');
};

/**
 * The address of the API as its caller sees it, without a slash at its end. The host is that of the request's context,
 * which no caller can choose. Scheme and port are those the gateway adds: https and 443 on AWS, something else only in
 * the local cloud.
 */
export const apiAddressOf = (event: APIGatewayProxyEvent): string => {
  const isPlain = headerOf(event, 'x-forwarded-proto') === 'http';
  const port = headerOf(event, 'x-forwarded-port');
  const suffix = isPlain && port !== undefined && /^[0-9]{1,5}$/.test(port) ? `:${port}` : '';
  return `${isPlain ? 'http' : 'https'}://${event.requestContext.domainName}${suffix}${prefixOf(event)}`;
};
