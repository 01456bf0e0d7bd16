import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { unshown } from './case-coverage.ts'
import { readCases } from './case-files.ts'
import { answerByDay } from './cases.ts'
import { loose } from './figure-coverage.ts'
import { loadPackFolder, shippedPackFolder } from './pack-files.ts'

const { examples, programmes } = readCases(join(shippedPackFolder, 'cases'))
const { pack } = await loadPackFolder()
const all = programmes.flatMap(({ cases }) => cases)
beforeAll(() => answerByDay(pack, all, examples))
const excepted = programmes.flatMap(({ programme, uncovered }) =>
  uncovered.map((one) => ({ ...one, programme })),
)

test.each(programmes.map((one) => [one.programme, one] as const))(
  '%s: cases show every condition met, unmet and unknown, and every tier',
  (programme, one) => {
    const known = excepted
      .filter((exception) => exception.programme === programme && exception.side !== 'figure')
      .map(({ uncovered, side }) => `${uncovered} ${side}`)
    expect(unshown(pack, one, examples).sort()).toEqual(known.sort())
  },
)

test.each(pack.parameters.map((parameter) => [parameter.id, parameter] as const))(
  '%s: cases hold every figure on its first and its last day',
  (id, parameter) => {
    const known = excepted
      .filter(({ side, uncovered }) => side === 'figure' && uncovered.split(' ')[0] === id)
      .map(({ uncovered }) => uncovered)
    const found = loose(parameter, pack, programmes, examples)
    expect(found.filter((text) => !known.some((start) => text.startsWith(start)))).toEqual([])
    expect(known.filter((start) => !found.some((text) => text.startsWith(start)))).toEqual([])
  },
)

test('an exception says why', () => {
  expect(excepted.filter(({ because }) => because.trim().length < 5)).toEqual([])
})

test('a programme matches only on programmes that the law puts before it', () => {
  const order = [
    'tekun',
    'zhongcan-wuye',
    'dibao',
    'edge-household',
    'dibao-danrenhu',
    'zhichu-shenghuo',
    'gangxing',
  ]
  const place = (index: number): number => {
    const at = order.indexOf(pack.programmes[index]?.id ?? '')
    return at < 0 ? order.length : at
  }
  const backward = pack.program.targets.flatMap((target) =>
    target.conditions
      .flatMap(({ reads }) => reads.matches)
      .filter((read) => place(read) >= place(target.programme) && place(read) < order.length)
      .map((read) => `${pack.programmes[target.programme]?.id} on ${pack.programmes[read]?.id}`),
  )
  expect(backward).toEqual([])
})
