import { expect, test } from 'vitest'
import { combine } from '../src/combination/combine.ts'
import type { HouseholdFacts, Reading } from '../src/results.ts'
import { packFrom } from './pack-text.ts'
import { householdOf } from './small-packs.ts'

const facts = `
pack: {id: small, version: "1", income: {earned: labour, benefits: other}}
facts:
  - {id: labour, name: 劳动收入, entity: person, type: money}
  - {id: other, name: 其他收入, entity: person, type: money}
  - {id: pension, name: 养老金, entity: person, type: money}
  - {id: old, name: 老人, entity: person, type: boolean}
  - {id: holds_low, name: 低保身份, entity: household, type: boolean, kind: status, programme: low}
  - {id: holds_care, name: 供养身份, entity: person, type: boolean, kind: status, programme: care}
programmes:`
const notCounted = 'income: {counted: false, confidence: high}'

type Written = {
  id: string
  target?: string
  when?: string
  pays?: string
  per?: string
  more?: string
  tiers?: string
}

function written({
  id,
  target = 'household',
  when = 'true',
  pays,
  per,
  more = '',
  tiers,
}: Written) {
  const amount = pays ? `{kind: computed, per: ${per ?? 'month'}, expr: '${pays}'}` : '{kind: none}'
  return `
  - id: ${id}
    name: 政策${id}
    category: any
    computes: full
    ${more || notCounted}
    tiers:${
      tiers ??
      `
      - {id: only, target: ${target}, conditions: [{id: when, text: 条件, clause: {document: 条款待核}, expr: '${when}'}], amount: ${amount}}`
    }`
}

const income = 'sum(members.劳动收入) + sum(members.其他收入) + sum(members.养老金)'
const low: Written = { id: 'low', when: `${income} < 1000`, pays: `1000 - (${income})` }

function together(programmes: Written[], household: HouseholdFacts, received: string[] = []) {
  const unused = ['low', 'care'].filter((id) => programmes.every((one) => one.id !== id))
  const guidance = unused.map(
    (id) => `\n  - {id: ${id}, name: 政策${id}, category: any, computes: guidance}`,
  )
  const pack = packFrom(facts + programmes.map(written).join('') + guidance.join(''))
  return combine(pack, household, '2025-06-01', {
    isReceived: (programme) => received.includes(programme),
  })
}

const poor = { labour: 0, other: 0, pension: 0, old: true, holds_care: false }
const family = (...members: Record<string, Reading['value']>[]) =>
  householdOf({ holds_low: false }, ...members)
const names = (list: readonly { programme: string }[]) => list.map(({ programme }) => programme)

test('of two that exclude each other the one that pays more is taken, and the other says why', () => {
  const care: Written = {
    id: 'care',
    target: 'person',
    when: '老人',
    pays: '1500',
    more: `${notCounted}\n    excludes: [{programme: low, entity: household, confidence: high}]`,
  }
  const found = together([low, care], family(poor))
  expect(found.shares).toEqual([
    {
      programme: 'care',
      member: 'm0',
      tier: 'only',
      amount: { kind: 'exact', fen: 150_000, per: 'month' },
      received: false,
    },
  ])
  expect(found.totals).toEqual({ month: 150_000, year: 0, once: 0 })
  expect(found.left).toEqual([
    {
      programme: 'low',
      reason: 'excludes',
      with: [{ programme: 'care', member: 'm0' }],
      received: false,
    },
  ])
})

test('an exclusion that is only a reading keeps two apart and says that it is one', () => {
  const care: Written = {
    id: 'care',
    target: 'person',
    pays: '200',
    more: `${notCounted}\n    excludes: [{programme: low, entity: household, confidence: recalled}]`,
  }
  const found = together([low, care], family(poor))
  expect(names(found.shares)).toEqual(['low'])
  expect(found.left).toMatchObject([
    { programme: 'care', reason: 'may-exclude', with: [{ programme: 'low' }] },
  ])
})

test('what counts as income comes off what is tested by it, to the fen', () => {
  const pension: Written = {
    id: 'pension',
    target: 'person',
    pays: '333.33',
    more: 'income: {counted: true, into: pension, confidence: high}',
  }
  const found = together([low, pension], family(poor))
  expect(found.totals.month).toBe(100_000)
  expect(found.shares.map(({ amount }) => amount)).toEqual([
    { kind: 'exact', fen: 66_667, per: 'month' },
    { kind: 'exact', fen: 33_333, per: 'month' },
  ])
})

test('what would end another by its income is left out where that pays less', () => {
  const pension: Written = {
    id: 'pension',
    target: 'person',
    pays: '900',
    more: 'income: {counted: true, into: pension, confidence: high}',
  }
  const worker = { ...poor, labour: 20_000 }
  const ended = together([{ ...low, pays: '950' }, pension], family(worker))
  expect(names(ended.shares)).toEqual(['low'])
  expect(ended.left).toMatchObject([
    { programme: 'pension', reason: 'ends', with: [{ programme: 'low' }] },
  ])
})

test('of what nobody knows whether it counts, only what holds either way is certain', () => {
  const gift: Written = { id: 'gift', target: 'person', pays: '300', more: 'notes: 没有写明' }
  const found = together([low, gift], family(poor))
  expect(found.totals.month).toBe(100_000)
  expect(found.shares).toMatchObject([
    { programme: 'low', amount: { kind: 'range', min: 70_000, max: 100_000 } },
    { programme: 'gift', amount: { kind: 'exact', fen: 30_000 } },
  ])
  const worker = { ...poor, labour: 80_000 }
  const unsettled = together([{ ...low, pays: '950' }, gift], family(worker))
  expect(names(unsettled.shares)).toEqual(['low'])
  expect(unsettled.left).toMatchObject([
    { programme: 'gift', reason: 'may-end', with: [{ programme: 'low' }] },
  ])
})

test('a treatment of low confidence settles nothing', () => {
  const gift: Written = {
    id: 'gift',
    target: 'person',
    pays: '300',
    more: 'income: {counted: false, confidence: low}',
  }
  expect(together([low, gift], family(poor)).shares).toMatchObject([
    { programme: 'low', amount: { kind: 'range', min: 70_000, max: 100_000 } },
    { programme: 'gift' },
  ])
})

test('what is received already is in the recorded income and does not come off twice', () => {
  const pension: Written = {
    id: 'pension',
    target: 'person',
    pays: '400',
    more: 'income: {counted: true, into: pension, confidence: high}',
  }
  const found = together([low, pension], family({ ...poor, pension: 40_000 }), ['pension'])
  expect(found.totals.month).toBe(100_000)
  expect(found.shares.find(({ programme }) => programme === 'pension')?.received).toBe(true)
})

test('passports stand apart until the match is confirmed, one after the other', () => {
  const grain: Written = {
    id: 'care',
    target: 'person',
    when: 'status("low")',
    pays: '72',
  }
  const more: Written = { id: 'more', target: 'person', when: 'status("care")', pays: '10' }
  const found = together([low, grain, more], family(poor))
  expect(names(found.shares)).toEqual(['low'])
  expect(found.following.map(({ programme, via }) => [programme, via])).toEqual([
    ['care', ['low']],
    ['more', ['care']],
  ])
  expect(found.totals.month).toBe(100_000)
  expect(found.totalsWithFollowing.month).toBe(108_200)
})

test('the higher tier is taken and the lower one that fits as well is named', () => {
  const tier = (id: string, fen: string) => `
      - {id: ${id}, target: person, conditions: [{id: ${id}-when, text: 条件, clause: {document: 条款待核}, expr: '老人'}], amount: {kind: computed, per: month, expr: '${fen}'}}`
  const found = together(
    [{ id: 'care', tiers: tier('high', '20') + tier('usual', '10') }],
    family(poor),
  )
  expect(found.totals.month).toBe(2000)
  expect(found.lowerTiers).toEqual([
    { programme: 'care', member: 'm0', tier: 'usual', taken: 'high' },
  ])
})

test('what a received programme rules out is named with it', () => {
  const care: Written = {
    id: 'care',
    target: 'person',
    pays: '200',
    more: `${notCounted}\n    excludes: [{programme: low, entity: household, confidence: high}]`,
  }
  const found = together([low, care], householdOf({ holds_low: true }, poor), ['low'])
  expect(names(found.shares)).toEqual(['low'])
  expect(found.left).toMatchObject([
    { programme: 'care', reason: 'excludes', with: [{ programme: 'low' }] },
  ])
})

test('what is undecided is no part of it', () => {
  const { labour: _, ...unknown } = poor
  expect(together([low], family(unknown)).shares).toEqual([])
})
