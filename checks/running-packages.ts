import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Locked = Readonly<{
  version?: string
  license?: string
  integrity?: string
  dev?: boolean
  dependencies?: Readonly<Record<string, string>>
  devDependencies?: Readonly<Record<string, string>>
  peerDependencies?: Readonly<Record<string, string>>
  peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>
}>
type Lock = Readonly<Record<string, Locked>>

/** A package of others that runs with Qiao: on the server, or bundled into its pages. */
export type RunningPackage = Readonly<{
  name: string
  version: string
  licence: string
  /** As package-lock.json has it: `sha512-` and the hash in base64. */
  integrity: string
}>

/** What builds the pages and is in none of them. */
const builds = /^(@types\/.*|@vitejs\/.*|vite)$/

/**
 * Every package that runs with Qiao, by name: those of the production tree, and those that the pages import with
 * all that these need (they are development dependencies of the web workspace, because its pages are built).
 * Read from package-lock.json, so for every platform it names.
 */
export function runningPackages(root: string): readonly RunningPackage[] {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const { packages: lock } = JSON.parse(text) as { packages: Lock }
  const production = Object.keys(lock).filter((path) => lock[path]?.dev !== true)
  const found = new Map<string, RunningPackage>()
  for (const path of [...production, ...bundledInto('web', lock)]) {
    const { version = '', license = 'see package', integrity } = lock[path] ?? {}
    if (integrity === undefined) continue
    const name = path.split('node_modules/').at(-1) ?? path
    found.set(`${name} ${version}`, { name, version, licence: license, integrity })
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

function bundledInto(workspace: string, lock: Lock): ReadonlySet<string> {
  const reached = new Set<string>()
  const imported = Object.keys(lock[workspace]?.devDependencies ?? {})
  const pending = imported
    .filter((name) => !builds.test(name))
    .map((name) => placeOf(name, workspace, lock))
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = lock[path] ?? {}
    const peers = Object.keys(peerDependencies)
    const needed = peers.filter((name) => peerDependenciesMeta[name]?.optional !== true)
    for (const name of [...Object.keys(dependencies), ...needed])
      pending.push(placeOf(name, path, lock))
  }
  return reached
}

/** Where Node finds a package that one at `path` asks for: beside it, or further up. */
function placeOf(name: string, path: string, lock: Lock): string {
  for (let folder = path; folder !== ''; folder = folder.replace(/(^|\/)[^/]+$/, '')) {
    const place = `${folder}/node_modules/${name}`
    if (lock[place] !== undefined) return place
  }
  return `node_modules/${name}`
}
