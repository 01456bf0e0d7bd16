import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { differences, type ExampleHouseholds, type PolicyCase } from './cases.ts'
import { loadPackFolder, shippedPackFolder } from './pack-files.ts'

const folder = join(shippedPackFolder, 'cases')
const read = (...path: string[]): unknown => parse(readFileSync(join(folder, ...path), 'utf8'))
const examples = read('households.yaml') as ExampleHouseholds
const { pack } = await loadPackFolder()
const programmes = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)

describe.each(programmes.map(({ name }) => name))('%s', (programme) => {
  const files = readdirSync(join(folder, programme))
  const cases = files.flatMap((file) => read(programme, file) as PolicyCase[])
  test.each(cases.map((one) => [one.case, one] as const))('%s', (_sentence, one) => {
    expect(differences(pack, one, examples)).toEqual([])
  })
})

test('every programme that is computed has cases on both sides of a line', () => {
  const computed = pack.programmes.filter(({ tiers }) => tiers.length > 0).map(({ id }) => id)
  for (const id of computed) {
    const cases = readdirSync(join(folder, id)).flatMap((file) => read(id, file) as PolicyCase[])
    const verdicts = new Set(cases.flatMap((one) => one.expect).map(({ verdict }) => verdict))
    expect(verdicts.has('ineligible') && verdicts.size >= 2, id).toBe(true)
  }
})
