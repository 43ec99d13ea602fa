/** Whose key: one caller cannot meet, nor learn of, another's. */
export interface ClaimRef {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly key: string;
}

/**
 * What a key is bound to: a request, and the id of what the request makes, chosen before it is made. So whoever comes with
 * the same request makes the same thing or finds it made. Answers are not kept: they hold signed URLs, which are secrets.
 */
export interface Claim {
  readonly requestHash: string;
  readonly resourceId: string;
  /** Seconds since 1970; from then on the claim counts as none. */
  readonly expiresAtSeconds: number;
}

/** A claim as the use case sees it. `isRepeated`: somebody came with this key and this request before. */
export interface Claimed extends Pick<Claim, 'resourceId'> {
  readonly isRepeated: boolean;
}
