/**
 * The template holds something the local cloud does not emulate, or names something that is not there. The message is a
 * sentence for the person who starts it and names the resource: the local cloud refuses to start rather than pretend.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
