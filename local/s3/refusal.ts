import { type ErrorCode, errors } from './errors.ts';

/**
 * A request S3 turns down: an expected outcome, so it is returned, never thrown. A class only so that `instanceof`
 * tells it from every kind of success. `elements` are the error document's own elements, in S3's spelling.
 */
export class Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly elements: Readonly<Record<string, string | number>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string = errors[code][1],
    elements: Readonly<Record<string, string | number>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.code = code;
    this.message = message;
    this.elements = elements;
    this.headers = headers;
  }

  get status(): number {
    return errors[this.code][0];
  }
}

/** What this S3 does not know it refuses, and says what that was, rather than pretend. */
export const notImplemented = (feature: string, elements: Readonly<Record<string, string>> = {}): Refusal =>
  new Refusal('NotImplemented', `This local S3 does not implement ${feature}. Use AWS to try it.`, elements);

export const invalidArgument = (message: string, name: string, value: string): Refusal =>
  new Refusal('InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });
