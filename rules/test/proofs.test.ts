import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { unproven } from '../src/check/proofs.ts'
import { answer, householdOf } from './small-packs.ts'
import { packFrom } from './pack-text.ts'

const folder = new URL('unproven/', import.meta.url)

/** Packs that can be read and still owe something; `expect`, at the end, says what. */
for (const file of readdirSync(folder)) {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const [about = file] = text.split('\n')

  test(`owed before publication, ${file}: ${about.replace('# ', '')}`, () => {
    const { expect: expected } = parse(text) as { expect: string[] }
    const owed = unproven(packFrom(text)).map(
      (problem) => `${problem.file} ${problem.path.join('.')} ${problem.message}`,
    )
    expect(owed).toEqual(expected)
  })
}

const guidance = `
facts:
  - {id: income, name: 月收入, entity: person, type: money}
programmes:
  - id: service
    name: 服务
    category: any
    computes: guidance
    plain: 说明
    aliases: [{name: 旧名, to: 2024-03-31}]
    materials: [身份证]
    parameters:
      - {id: told, name: 供查阅的线, type: money, shownOnly: 由部门核定, rows: [{from: 2024-07-01, value: 8}]}
  - id: aid
    name: 补助
    category: any
    computes: full
    tiers:
      - id: only
        target: person
        conditions: [{id: poor, text: 穷, clause: {document: 条款待核}, expr: 月收入 < 1000}]
        amount: {kind: official}
`

test('a programme of guidance carries its texts and figures and gives no result', () => {
  const pack = packFrom(guidance)
  expect(pack.programmes.map(({ id }) => id)).toEqual(['service', 'aid'])
  expect(pack.programmes[0]).toMatchObject({
    plain: '说明',
    aliases: [{ name: '旧名', to: '2024-03-31' }],
    parameters: [{ name: '供查阅的线', shownOnly: '由部门核定' }],
  })
  expect(answer(guidance, householdOf({}, { income: 5000 }))).toMatchObject({ programme: 'aid' })
})
