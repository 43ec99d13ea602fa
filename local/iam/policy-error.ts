/**
 * A policy uses something this evaluator does not understand, or is malformed. Thrown when a policy is compiled, so
 * that it is seen at start: what is not understood must never turn into a silent allow.
 */
export class PolicyError extends Error {
  /** `where` names the policy and the statement; `problem` names the feature and what would be understood. */
  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`);
    this.name = 'PolicyError';
  }
}
