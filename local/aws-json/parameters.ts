import { isObject, type JsonObject } from '../template/json.ts';

/** The parameters of a call; undefined where the body is no JSON object. */
export const parametersOf = (body: Buffer): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};
