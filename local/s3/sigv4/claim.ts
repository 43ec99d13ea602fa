/** What a request says about its own signature, well-formed but not yet proven. */
export interface SignatureClaim {
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST';
  readonly accessKeyId: string;
  /** `20130524/us-east-1/s3/aws4_request` */
  readonly scope: string;
  readonly signedAt: Date;
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  readonly sessionToken: string | undefined;
  /** The last line of the canonical request: a SHA-256 in hexadecimal, or one of S3's words for "not signed". */
  readonly payloadHash: string;
}

export const unsignedPayload = 'UNSIGNED-PAYLOAD';
