/** A request that a service turns down. All of these are answered with status 400. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export const refuse = (code: string, message: string): Refusal => ({ code, message });
