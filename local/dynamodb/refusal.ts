/** A request that DynamoDB turns down ("Error handling with DynamoDB"): all of these are answered with status 400. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export const refuse = (code: string, message: string): Refusal => ({ code, message });
