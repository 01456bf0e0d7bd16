/**
 * A reason why Qiao cannot start that the person at the terminal can do something about.
 *
 * `message` is one sentence saying what is wrong; `remedy` is one saying what to do. Thrown only
 * while starting or by commands, printed without a stack trace, exit code 1.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
  readonly remedy: string

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.remedy = remedy
  }
}

/** The person at the terminal asked for something that there is not: exit code 2. */
export class AskedWrongly extends StartProblem {}
