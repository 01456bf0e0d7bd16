import { explain } from '@qiao/rules'
import { expect, test } from 'vitest'
import { readHouseholdFacts } from '../policies/given-facts.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { why } from './why.ts'

const { pack } = await loadPackFolder()

type Given = Readonly<Record<string, unknown>>

/** The sentence of a household of one for one programme. */
function sentence(
  programme: string,
  person: Given,
  household: Given = {},
  on = '2025-06-01',
): string {
  const facts = readHouseholdFacts(pack, { household, members: [{ id: '1', ...person }] })
  const result = explain(pack, facts, on).find((one) => one.programme === programme)
  if (!result || result.verdict === 'ineligible') throw new Error(`not for ${programme}`)
  const { verdict, amount } = result
  return why({ pack, programme, verdict, pays: amount.kind !== 'none', result })
}

const canji = {
  hukou: '1',
  birth_date: '1980-03-01',
  disability_level: '3',
  disability_kind: '4',
  work_injury_care: false,
  status_tekun: false,
  status_guer: false,
  status_kunjing_ertong: false,
}
const elder = { birth_date: '1949-03-01', hukou: '1' }

test('a value that decided stands against its line', () => {
  expect(sentence('laonian-jintie', elder)).toBe('年龄 76 周岁，满 65 周岁；未见老年综合津贴发放')
})

test('income is said before an age, in yuan of one person', () => {
  const poor = { labour_income: 1180, pension: 0, other_income: 0, hukou: '1' }
  const fit = { birth_date: '1980-03-01', disability_level: null, disability_kind: null }
  const home = { members_known: true, assets: 3000, homes: 1, floor_area_per_person: 20 }
  const plain = { has_vehicle: false, has_non_residential: false, rural_household: false }
  expect(
    sentence('dibao', { ...poor, ...fit, supporter_absence: null }, { ...home, ...plain }),
  ).toMatch(/^人均收入 1,180 元，低于 1,595 元[，；].*未见最低生活保障发放$/)
})

test('where no value decides, the conditions that are met say it in the words of the policy', () => {
  expect(sentence('canji-shenghuo', { ...canji, hukou: '1' }, { status_dibao: true })).toBe(
    '家庭已享受低保；未见困难残疾人生活补贴发放',
  )
})

test('a degree of disability, an illness or a level of care never stands in the sentence', () => {
  const severe = {
    ...canji,
    disability_level: '1',
    other_nursing_benefit: false,
    status_tekun: false,
  }
  expect(sentence('canji-huli', severe)).toBe('本市户籍；未见重度残疾人护理补贴发放')
})

test('what is still to be asked is named with its number', () => {
  expect(sentence('laonian-jintie', { hukou: '1' })).toBe(
    '还差出生日期就能判断；未见老年综合津贴发放',
  )
  expect(sentence('laonian-jintie', {})).toBe(
    '还差出生日期等 2 项信息就能判断；未见老年综合津贴发放',
  )
})

test('who is recognised and not paid is missing from a roll', () => {
  const recognised = { pack, programme: 'edge-household', pays: false, result: undefined }
  expect(why({ ...recognised, verdict: 'eligible' })).toBe('符合条件；低保边缘家庭认定名册上没有')
})

test('without an answer to rest on, the sentence names no figure', () => {
  const none = { pack, programme: 'dibao', pays: true, result: undefined }
  expect(why({ ...none, verdict: 'eligible' })).toBe('符合条件；未见最低生活保障发放')
  expect(why({ ...none, verdict: 'unknown' })).toBe('有条件待核实；未见最低生活保障发放')
})
