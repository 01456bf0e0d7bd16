import { expect, test } from 'vitest'
import { watchList } from '../src/watch-list.ts'
import { packFrom } from './pack-text.ts'

const pack = packFrom(`
facts:
  - {id: income, name: 月收入, entity: person, type: money}
programmes:
  - id: aid
    name: 补助
    category: any
    departments: [民政, 财政]
    computes: full
    parameters:
      - {id: standing, name: 没有止日的, type: money, confirmed: 2024-03-15, rows: [{from: 2023-01-01, value: 1}]}
      - {id: yearly, name: 每年调整的, type: money, adjusts: "07-01", rows: [{from: 2023-07-01, value: 2}, {from: 2024-07-01, value: 3}]}
      - {id: ended, name: 写明止日的, type: money, adjusts: "07-01", rows: [{from: 2024-07-01, to: 2024-12-31, value: 4}]}
      - {id: closed, name: 不再有的, type: money, closed: 城乡统一, rows: [{from: 2014-07-01, to: 2014-12-31, value: 5}]}
      - {id: missing, name: 没有找到的, type: money, rows: [], pending: [{from: 2020-07-01, note: 待核}]}
    tiers:
      - id: only
        target: person
        conditions: [{id: poor, text: 穷, clause: {document: 条款待核}, expr: 月收入 < 每年调整的}]
        amount: {kind: official}
`)

test('the watch list says of every figure by when somebody must look, why, and who is asked', () => {
  const listed = watchList(pack).map(({ parameter, by, because, departments }) => [
    parameter.id,
    by,
    because,
    departments.join('、'),
  ])
  expect(listed).toEqual([
    ['missing', '2020-07-01', 'missing', '民政、财政'],
    ['ended', '2025-01-01', 'ended', '民政、财政'],
    ['yearly', '2025-07-01', 'adjusted', '民政、财政'],
    ['standing', '2026-03-15', 'standing', '民政、财政'],
  ])
})
