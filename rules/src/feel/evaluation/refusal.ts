/** Thrown where an expression leaves our subset of FEEL, and caught by `evaluateFeel` only. */
export class FeelRefusal extends Error {
  override name = 'FeelRefusal'
}

/** @param why in plain words, without a full stop */
export function refuse(why: string): never {
  throw new FeelRefusal(why)
}
