import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod/mini';
import { Problem, problemContentType, problemKindOf, problemKinds } from '../../../contract/problems.ts';
import { commonProblems, type Route } from '../../../contract/routes.ts';
import { canary } from './requests.ts';

type Answer = Pick<APIGatewayProxyResult, 'statusCode' | 'headers' | 'body'> & { readonly requestId: string };

/** What every answer carries, whoever asked for what. */
const securityHeaders: Readonly<Record<string, RegExp>> = {
  'Cache-Control': /^no-store$/,
  'X-Content-Type-Options': /^nosniff$/,
  'Referrer-Policy': /^no-referrer$/,
  'Strict-Transport-Security': /max-age=\d{7,}/,
};

/** Names of our own files and of what they throw, frames of stacks, credentials of the function. */
const leaks = new RegExp(
  `${canary}|node_modules|lambdas/|\\.ts:\\d|\\bat [^"]*:\\d+:\\d+|ZodError|TypeError|\\w+Exception\\b|wJalrXUtn|IQoJb3JpZ2luX2VjEXAMPLE{2}`,
);

const isClosed = (schema: z.ZodMiniType, value: unknown): boolean => {
  const parsed = z.safeParse(schema, value);
  return parsed.success && isDeepStrictEqual(JSON.parse(JSON.stringify(parsed.data)), value);
};

const wrongProblem = ({ problems }: Route, { statusCode, headers, requestId }: Answer, value: unknown): string[] => {
  const parsed = z.safeParse(z.strictObject(Problem.shape), value);
  if (!parsed.success) return ['is no problem of the contract'];
  const kind = problemKindOf(parsed.data);
  const kinds: readonly string[] = [...problems, ...commonProblems];
  return [
    ...(kind !== undefined && kinds.includes(kind) ? [] : [`names the problem ${kind}, which the route does not`]),
    ...(kind !== undefined && problemKinds[kind as keyof typeof problemKinds]?.status === statusCode
      ? []
      : ['has the status of another problem']),
    ...(parsed.data.status === statusCode ? [] : ['says another status than it has']),
    // What the schema library says where no sentence was written.
    ...((parsed.data.errors ?? []).some(({ detail }) => detail.startsWith('Invalid'))
      ? ['does not say what to do about a field']
      : []),
    ...(parsed.data.requestId === requestId ? [] : ['is of another request']),
    ...(headers?.['Content-Type'] === problemContentType ? [] : ['is not problem+json']),
  ];
};

const wrongBody = (route: Route, answer: Answer): string[] => {
  const { statusCode, headers, body } = answer;
  if (statusCode >= 500) return ['is trouble of ours'];
  const isBodiless = route.method === 'HEAD' || (statusCode >= 300 && statusCode < 400);
  if (isBodiless) return body === '' ? [] : ['has a body where none may be'];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return ['is no JSON'];
  }
  if (statusCode >= 400) return wrongProblem(route, answer, value);
  return [
    ...(statusCode === route.response.status ? [] : ['has a status that the route does not name']),
    ...(headers?.['Content-Type'] === 'application/json' ? [] : ['is not application/json']),
    ...(isClosed(route.response.schema, value) ? [] : ['does not fit the schema of its route, or says more']),
  ];
};

/** All that is wrong with an answer, in words; nothing where it is as it must be. */
export const faultsOf = (route: Route, origin: string | undefined, answer: Answer): string[] => {
  const headers = answer.headers ?? {};
  const allowed = headers['Access-Control-Allow-Origin'];
  const missing = Object.entries(securityHeaders).filter(([name, value]) => !value.test(String(headers[name])));
  const leak = leaks.exec(`${JSON.stringify(headers)}\n${answer.body}`);
  return [
    ...wrongBody(route, answer),
    ...missing.map(([name]) => `lacks ${name}`),
    ...(headers['X-Request-Id'] === answer.requestId ? [] : ['lacks its request id']),
    ...(headers['X-Powered-By'] === undefined ? [] : ['says what it runs on']),
    ...(allowed === undefined || (allowed === 'https://app.example.org' && origin === allowed)
      ? []
      : [`lets ${allowed} read it`]),
    ...(leak === null ? [] : [`tells "${leak[0]}"`]),
  ];
};

/** An answer without what differs between any two requests. */
export const without = ({ statusCode, headers, body, requestId }: Answer): string =>
  JSON.stringify([statusCode, headers, body]).replaceAll(requestId, 'REQUEST');
