import { Validator } from '@cfworker/json-schema';
import type { RoutePlan } from './types.ts';

const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};

/**
 * Checks a body against the model of its content type, as a request validator does; without a content type it is
 * `application/json`, and one that has no model passes (developer guide, "Request validation for REST APIs"). Gives what
 * is wrong with it, undefined where nothing is.
 */
export const createBodyValidator = ({ bodySchemas }: RoutePlan) => {
  const validators = new Map(
    [...(bodySchemas ?? [])].map(([contentType, schema]) => [contentType, new Validator(schema, '4', false)]),
  );
  return (contentType: string | undefined, body: string): string | undefined => {
    const mediaType = (contentType ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
    const validator = validators.get(mediaType);
    if (validator === undefined) return undefined;
    const parsed = parseJson(body);
    if (parsed === undefined) return 'The body is not JSON.';
    const { valid, errors } = validator.validate(parsed.value);
    return valid ? undefined : JSON.stringify(errors.map(({ error }) => error));
  };
};
