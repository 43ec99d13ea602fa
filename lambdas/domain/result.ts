/** An expected outcome: a value or a failure of a closed union. Bugs are thrown instead. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value; readonly headers?: AnswerHeaders }
  | { readonly ok: false; readonly failure: Failure };

/** What an answer says beside the value, by header; the route names them in `exposes`. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** Where the answer is, in place of the answer (RFC 9110 section 15.4.3); only for routes that have `redirects`. */
export interface Redirect {
  readonly ok: true;
  readonly redirectTo: string;
}

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export const okWith = <Value>(value: Value, headers: AnswerHeaders) => ({ ok: true, value, headers }) as const;

export const redirect = (redirectTo: string): Redirect => ({ ok: true, redirectTo });

export const fail = <Failure>(failure: Failure): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure,
});
