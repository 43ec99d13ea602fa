/** A request that a service turns down. All of these are answered with status 400. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export const refuse = (code: string, message: string): Refusal => ({ code, message });

/** Tells a refusal from the result of a call. */
export const isRefusal = (result: object): result is Refusal => 'code' in result && 'message' in result;
