/**
 * Generated files: written by `npm run generate`, compared by `npm run check`.
 *
 * Each entry says which file it owns and how its text is produced from the source of truth.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generators } from './generators.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const checking = process.argv.includes('--check')
const stale: string[] = []

for (const { file, produce } of generators) {
  const path = join(root, file)
  const text = await produce(root)
  const current = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (current === text) continue
  if (checking) stale.push(file)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`wrote ${file}`)
  }
}

if (stale.length > 0) {
  console.error(`These generated files differ from their source; run \`npm run generate\`:`)
  for (const file of stale) console.error(`  ${file}`)
  process.exitCode = 1
}
process.exit()
