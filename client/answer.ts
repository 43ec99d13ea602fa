import type { Problem } from '../contract/problems.ts';
import { AnswerError, ProblemError } from './errors.ts';
import { parseRetryAfter } from './retry.ts';

/** The members of a problem, before anything is known of them. */
type Members = { readonly [Name in keyof Problem]?: unknown };

/** The JSON of a good answer; throws what a bad one means. */
export function readAnswer(response: Response, text: string, nowMilliseconds: number): unknown {
  const value = parseJsonObject(text);
  if (response.ok && value !== undefined) return value;
  const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'), nowMilliseconds);
  const problem = readProblem(value, response);
  throw problem === undefined
    ? new AnswerError(response.status, retryAfterSeconds)
    : new ProblemError(problem, retryAfterSeconds);
}

function parseJsonObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // HTML of a proxy, most often; the caller says so.
  }
}

/** RFC 9457 section 3.1 lets every member be absent, so a problem is what has a type and a sentence. */
function readProblem(value: Members | undefined, response: Response): Problem | undefined {
  if (response.ok || typeof value?.type !== 'string' || typeof value.detail !== 'string') return undefined;
  return {
    ...(value as Partial<Problem>),
    type: value.type,
    detail: value.detail,
    title: typeof value.title === 'string' ? value.title : value.detail,
    status: response.status,
    requestId: typeof value.requestId === 'string' ? value.requestId : '',
  };
}
