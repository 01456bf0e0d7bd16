import { StartProblem } from '../start-problem.ts'

/** What the person at the terminal can do about a database that failed at work, by SQLSTATE or errno. */
const failures: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(53100|ENOSPC)$/,
    'The disk of the database is full',
    'Free some space, then start again; work that was cut off is begun anew.',
  ],
  [
    /^(57P0[1-5]|08\w{3}|ECONNREFUSED|ECONNRESET|EPIPE)$/,
    'The connection to PostgreSQL was lost',
    'Look into the log of PostgreSQL (server.log in the data folder), then start again; work that was cut off is begun anew.',
  ],
]

/** The same as a reason and a remedy, or `undefined` when it is a fault of Qiao. */
export function failedDatabase(error: unknown): StartProblem | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    const code = 'code' in one ? String(one.code) : ''
    const known = failures.find(([codes]) => codes.test(code)) ?? lost(one)
    if (known) return new StartProblem(`${known[1]}: ${one.message}.`, known[2], { cause: error })
  }
  return undefined
}

/** The driver gives no code for a connection that ends under a query. */
function lost({ message }: Error) {
  return /Connection terminated/.test(message) ? failures[1] : undefined
}
