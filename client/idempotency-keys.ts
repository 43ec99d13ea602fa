/** A key that nobody else makes: 128 random bits. Not `randomUUID`, which browsers have in secure contexts only. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One request that declares one file or many. However often it is sent, it is sent with this key and makes no more. */
export interface Declaration<Body> {
  readonly key: string;
  readonly bodies: readonly Body[];
}

/** The place of one file in a declaration. */
export interface Place<Body> {
  readonly declaration: Declaration<Body>;
  readonly index: number;
}

/**
 * Declarations that were not answered yet, by file. Whoever tries again with the same file and the same words about it
 * sends the same request under the same key, with all that was in it, so that a lost answer never makes a second document.
 */
export class IdempotencyKeys<Body extends object> {
  readonly #unanswered = new WeakMap<object, Place<Body> & { readonly request: string }>();

  /** Where this file was declared before and not answered, if it was the same that was said about it. */
  placeOf(file: object, body: Body): Place<Body> | undefined {
    const earlier = this.#unanswered.get(file);
    return earlier?.request === JSON.stringify(body) ? earlier : undefined;
  }

  remember(file: object, place: Place<Body>): void {
    this.#unanswered.set(file, { ...place, request: JSON.stringify(place.declaration.bodies[place.index]) });
  }

  /** It was answered: the next one about this file is another request, whatever it says. */
  forget(file: object): void {
    this.#unanswered.delete(file);
  }
}
