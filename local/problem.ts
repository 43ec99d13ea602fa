/** Why the local cloud does not start, in a sentence for the person who started it: what is wrong and what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
