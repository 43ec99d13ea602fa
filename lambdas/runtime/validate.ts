import * as z from 'zod/mini';
import type { FieldError } from '../domain/failure.ts';
import { RefusalError } from './problem.ts';

export type RequestPart = 'body' | 'query' | 'path' | 'header';

/** Names come from the request, and go back into the answer no longer than any that is known here. */
const fieldNameLengthMax = 64;
const errorsMax = 20;

const nameOf = (step: PropertyKey): string => String(step).slice(0, fieldNameLengthMax);

/** RFC 6901: `~` and `/` of a name are escaped. */
const pointerOf = (part: RequestPart, path: readonly PropertyKey[]): string =>
  part === 'body'
    ? path.map((step) => `/${nameOf(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    : `${part}:${path.map(nameOf).join('.')}`;

const errorsOf = (part: RequestPart, issue: z.core.$ZodIssue): FieldError[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf(part, [...issue.path, key]),
      detail: 'This field is not known here. Leave it out.',
    }));
  // What is wrong with a name is said by its own schema; the issue speaks of the object around it.
  const [said = issue] = issue.code === 'invalid_key' ? issue.issues : [];
  return [{ pointer: pointerOf(part, issue.path), detail: said.message }];
};

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
