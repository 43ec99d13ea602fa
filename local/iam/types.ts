/** One request for access, as the policy evaluator sees it. */
export interface AccessRequest {
  /**
   * Who asks. For a role session `arn` is `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`; the role's own
   * arn (`arn:aws:iam::ACCOUNT:role/ROLE`) goes into `conditions['aws:PrincipalArn']`, as AWS does. An AWS service asks under its name, e.g. `s3.amazonaws.com`.
   */
  readonly principal: { readonly arn: string; readonly accountId: string };
  /** `service:Action`, e.g. `s3:PutObject`; case does not matter. */
  readonly action: string;
  /** The resource's arn, e.g. `arn:aws:s3:::bucket/key`; case matters. */
  readonly resource: string;
  /**
   * The request context: condition key to its value, or values for a multivalued key. Names are compared
   * without regard to case. A key that is not in the request is left out, never given as ''.
   */
  readonly conditions: Readonly<Record<string, string | readonly string[]>>;
}

/** The answer: `explicit-deny` when a Deny statement matched (`sid` names it), `implicit-deny` when nothing allowed. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'explicit-deny' | 'implicit-deny'; readonly sid?: string };
