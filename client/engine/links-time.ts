/** How many parts of a file there are of each kind. */
export interface PartsUnderWay {
  /** Hashed, and without a link. */
  readonly wanted: number;
  /** With a link, and without a connection. */
  readonly waiting: number;
  /** With a connection. */
  readonly active: number;
  /** All that were begun, those too that are still being hashed. */
  readonly coming: number;
  /** How many may be active at once. */
  readonly limit: number;
}

/**
 * Whether links run short, and as many parts want some as are worth a request: twice as many as are under way, or all that
 * are coming. A request takes as long as hashing some MiB, and where hashing is what is slow there would be one for each part.
 * Where only one is under way, nothing waits for company.
 */
export function isTimeForLinks({ wanted, waiting, active, coming, limit }: PartsUnderWay): boolean {
  const signed = waiting + active;
  const worthIt = signed > 1 ? Math.min(limit, signed * 2) : 1;
  return waiting * 2 <= limit && (wanted >= worthIt || wanted + signed >= coming);
}
