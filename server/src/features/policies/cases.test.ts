import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCases } from './case-files.ts'
import { answerByDay, differences } from './cases.ts'
import { loadPackFolder, shippedPackFolder } from './pack-files.ts'

const { examples, programmes } = readCases(join(shippedPackFolder, 'cases'))
const { pack } = await loadPackFolder()
const all = programmes.flatMap(({ cases }) => cases)
beforeAll(() => answerByDay(pack, all, examples))

describe.each(programmes.map((one) => [one.programme, one.cases] as const))('%s', (_id, cases) => {
  test.each(cases.map((one) => [one.case, one] as const))('%s', (_sentence, one) => {
    expect(differences(pack, one, examples)).toEqual([])
  })
})

test('no two cases of a programme say the same sentence', () => {
  for (const { programme, cases } of programmes) {
    const sentences = cases.map((one) => one.case)
    expect(
      sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i),
      programme,
    ).toEqual([])
  }
})

test('every programme that is computed has cases', () => {
  const computed = pack.programmes.filter(({ tiers }) => tiers.length > 0).map(({ id }) => id)
  expect(programmes.map(({ programme }) => programme).sort()).toEqual(computed.sort())
})
