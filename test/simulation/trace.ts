import type { Invocation } from './world/invocation.ts';

/**
 * What happened, in order: as a hash in any case, so that two runs of one seed can be compared, and as lines to read
 * where somebody reads them.
 */
export class Trace {
  readonly lines: string[] | undefined;
  #hash = 0x811c9dc5;

  constructor(isKept = false) {
    this.lines = isKept ? [] : undefined;
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** A call of a function, its beginning or its end. */
  add(time: number, what: string, { id, functionName }: Invocation, detail: string): void {
    this.#take(time);
    this.#take(id);
    this.#text(what);
    this.#text(detail);
    this.lines?.push(`${new Date(time).toISOString()}  ${functionName} ${id}  ${what}  ${detail}`.trimEnd());
  }

  /** Anything else of the world. */
  note(time: number, what: string): void {
    this.#take(time);
    this.#text(what);
    this.lines?.push(`${new Date(time).toISOString()}  ${what}`);
  }

  #take(value: number): void {
    this.#hash = Math.imul(this.#hash ^ (value & 0xffff), 0x01000193);
    this.#hash = Math.imul(this.#hash ^ ((value >>> 16) & 0xffff), 0x01000193);
  }

  #text(value: string): void {
    for (let index = 0; index < value.length; index += 1)
      this.#hash = Math.imul(this.#hash ^ value.charCodeAt(index), 0x01000193);
  }
}
