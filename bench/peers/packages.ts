import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/**
 * Installs the versions of package-lock.json here, unless they are. They are no part of Qiao.
 *
 * Not with `npm ci`: it refuses a lock without the builds of zen for other machines, which not
 * every registry has.
 */
export function installPeers(): void {
  if (existsSync(new URL('./node_modules', import.meta.url))) return
  execFileSync('npm', ['install', '--no-save', '--prefix', folder], { stdio: 'inherit' })
}

/** A peer's package has no build for this machine. */
export class PeerAbsent extends Error {}

/**
 * A peer's package. Loaded by name when the bench runs, as Qiao is built and checked without it.
 *
 * @typeParam T what the bench calls of it
 * @throws PeerAbsent when it cannot be loaded here
 */
export async function peerPackage<T>(name: string): Promise<T> {
  try {
    const loaded: unknown = await import(name)
    return loaded as T
  } catch (cause) {
    throw new PeerAbsent(`${name} cannot be loaded here`, { cause })
  }
}
