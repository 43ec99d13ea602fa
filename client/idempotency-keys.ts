/** A key that nobody else makes: 128 random bits. Not `randomUUID`, which browsers have in secure contexts only. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Keys of declarations that were not answered yet, by file. Whoever tries again with the same file and the same words
 * about it sends the same key, so that a lost answer never makes a second document.
 */
export class IdempotencyKeys {
  readonly #unanswered = new WeakMap<Blob, { readonly request: string; readonly key: string }>();

  /** The key of a request about a file: that of an earlier attempt, if it was the same request. */
  keyOf(file: Blob, body: object): string {
    const request = JSON.stringify(body);
    const earlier = this.#unanswered.get(file);
    const key = earlier?.request === request ? earlier.key : newKey();
    this.#unanswered.set(file, { request, key });
    return key;
  }

  /** It was answered: the next one about this file is another request, whatever it says. */
  forget(file: Blob): void {
    this.#unanswered.delete(file);
  }
}
