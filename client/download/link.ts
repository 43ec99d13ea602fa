/** How often a link may run out with no byte in between before that is no accident. */
const renewalsMax = 2;

/**
 * The link of one download, shared by all its requests. Each link is written into the history of the document, so one is
 * used until the storage says that it ran out: the clock of this device may be wrong.
 */
export class DownloadLinkKeeper {
  readonly #ask: () => Promise<string>;
  #url: string;
  #asking: Promise<void> | undefined;
  #renewals = 0;

  private constructor(ask: () => Promise<string>, url: string) {
    this.#ask = ask;
    this.#url = url;
  }

  static async start(ask: () => Promise<string>): Promise<DownloadLinkKeeper> {
    return new DownloadLinkKeeper(ask, await ask());
  }

  get url(): string {
    return this.#url;
  }

  /** A byte came. */
  worked(): void {
    this.#renewals = 0;
  }

  /** Another in the place of `url`, unless somebody asked for one already. Says whether there is any use in trying again. */
  async renew(url: string): Promise<boolean> {
    if (this.#url !== url) return true;
    if (this.#asking === undefined && this.#renewals >= renewalsMax) return false;
    this.#asking ??= this.#replace();
    await this.#asking;
    return true;
  }

  async #replace(): Promise<void> {
    this.#renewals += 1;
    try {
      this.#url = await this.#ask();
    } finally {
      this.#asking = undefined;
    }
  }
}
