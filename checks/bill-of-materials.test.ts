import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { billOfMaterials } from './bill-of-materials.ts'

type Component = Readonly<{
  name: string
  purl: string
  hashes: readonly { alg: string; content: string }[]
}>
const root = join(import.meta.dirname, '..')
const components = (text: string) => (JSON.parse(text) as { components: Component[] }).components
const ours = components(billOfMaterials(root))

test('the bill of materials names every package that npm says runs, by the same hash', () => {
  const asked = ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only']
  const npms = components(execFileSync('npm', asked, { cwd: root, encoding: 'utf8' }))
  const hashOf = new Map(ours.map(({ purl, hashes }) => [purl, hashes]))
  // npm names the workspaces too, which are Qiao itself, and passes over what only they need.
  const others = npms.filter(({ name, hashes }) => !name.startsWith('@qiao/') && hashes)
  expect(others.length).toBeGreaterThan(100)
  for (const { purl, hashes } of others) expect(hashOf.get(purl), purl).toEqual(hashes)
})

test('the bill of materials names what the pages are made of, and not what makes them', () => {
  const names = new Set(ours.map(({ name }) => name))
  for (const name of ['react', 'antd', '@rc-component/table', 'zrender', 'fastify', 'pg'])
    expect(names, name).toContain(name)
  for (const name of ['vite', 'rolldown', 'vitest', 'typescript', '@types/react'])
    expect(names, name).not.toContain(name)
})
