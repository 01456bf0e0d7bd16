import { beforeAll, describe, expect, test } from 'vitest'
import type { Pack } from '@qiao/rules'
import { loadPackFolder } from './pack-files.ts'
import { policyList, policyView } from './policy.ts'

let pack: Pack
beforeAll(async () => {
  pack = (await loadPackFolder()).pack
})
const today = '2025-06-01'
const programmeOf = (id: string) => {
  const found = pack.programmes.find((one) => one.id === id)
  if (!found) throw new Error(`${id} is in the pack`)
  return found
}

describe('the names a policy bore', () => {
  test('stand with the days of the rename, the oldest first', () => {
    const { aliases } = policyView(pack, programmeOf('edge-household'), today, [])
    expect(aliases).toEqual([
      { name: '低收入困难家庭', from: null, to: '2024-03-31' },
      { name: '最低生活保障边缘家庭', from: '2024-04-01', to: null },
    ])
    const written = programmeOf('edge-household').aliases ?? []
    const reversed = { ...programmeOf('edge-household'), aliases: written.toReversed() }
    expect(policyView(pack, reversed, today, []).aliases).toEqual(aliases)
  })

  test('are in the library, so that it is searched by them; most policies have none', () => {
    const named = policyList(pack, today).items.filter(({ aliases }) => aliases.length > 0)
    expect(named.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['edge-household', 'gangxing', 'zhichu-shenghuo']),
    )
    expect(named.length).toBeLessThan(20)
  })

  test('follow one another: a policy is called one thing at a time', () => {
    for (const { id, aliases } of policyList(pack, today).items)
      aliases.forEach(({ to }, i) => {
        const next = aliases[i + 1]
        if (next) expect([id, (to ?? '9') < (next.from ?? '')]).toEqual([id, true])
      })
  })
})
