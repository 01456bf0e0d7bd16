import { hash, verify } from '@node-rs/argon2'

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
