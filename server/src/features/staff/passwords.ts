import { hash, verify } from '@node-rs/argon2'
import { problem } from '../../platform/http/problem.ts'
import { guessedBy } from './guessing.ts'
import { staffProblems } from './problems.ts'
import { passwordProblem } from './staff.ts'

/** argon2id with the parameters of RFC 9106's second recommendation, lighter on memory. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password is the one hashed. For an account that does not exist it takes as long as
 * for one that does.
 */
export async function isPassword(
  hashed: string | null | undefined,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const right = await verify(hashed ?? (await decoy), password.normalize('NFKC'))
  return right && hashed !== null && hashed !== undefined
}

/**
 * Refuses a password that is too short, or that whoever guesses would try early.
 *
 * @param path of the field in the request, to which the sentence belongs
 * @throws Problem `weak-password`
 */
export async function refuseWeak(
  password: string,
  { username, name }: Readonly<{ username: string; name: string }>,
  path: `/body/${string}`,
): Promise<void> {
  const weakness =
    passwordProblem(password, username) ??
    (await guessedBy(password.normalize('NFKC'), [username, name]))
  if (weakness) {
    throw problem(staffProblems, 'weak-password', `${weakness}。`, [{ path, message: weakness }])
  }
}
