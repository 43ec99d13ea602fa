import * as z from 'zod/mini';
import type { FieldError } from '../domain/failure.ts';
import { RefusalError } from './problem.ts';

export type RequestPart = 'body' | 'query' | 'path' | 'header';

/** RFC 6901: `~` and `/` of a name are escaped. */
const pointerOf = (part: RequestPart, path: readonly PropertyKey[]): string =>
  part === 'body'
    ? path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    : `${part}:${path.map(String).join('.')}`;

const fieldNameLengthMax = 64;
const errorsMax = 20;

const errorsOf = (part: RequestPart, issue: z.core.$ZodIssue): FieldError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        pointer: pointerOf(part, [...issue.path, key.slice(0, fieldNameLengthMax)]),
        detail: 'This field is not known here. Leave it out.',
      }))
    : [{ pointer: pointerOf(part, issue.path), detail: issue.message }];

/** Parses one part of a request. Throws a refusal that names every field that does not fit. */
export const parsePart = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  part: RequestPart,
): z.infer<Schema> => {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => errorsOf(part, issue)).slice(0, errorsMax);
  throw new RefusalError({ kind: 'invalid-request', errors });
};
