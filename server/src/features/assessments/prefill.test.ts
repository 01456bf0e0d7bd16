import type { HouseholdFacts, Reading } from '@qiao/rules'
import { expect, test } from 'vitest'
import { prefill } from './prefill.ts'

const today = '2025-06-01'
type Said = Readonly<Record<string, Reading['value']>>
const facts = (said: Said): Record<string, Reading> =>
  Object.fromEntries(
    Object.entries(said).map(([id, value]) => [id, { value, source: '民政', day: '2025-05-01' }]),
  )
const family = (household: Said, ...members: readonly Said[]): HouseholdFacts => ({
  household: facts(household),
  members: members.map((one, place) => ({ id: String(place + 1), facts: facts(one) })),
})
const said = (known: HouseholdFacts) =>
  Object.fromEntries(prefill(known, today).map(({ indicator, answer }) => [indicator, answer]))

test('where nothing is known nothing is filled in', () => {
  expect(said(family({}, {}))).toEqual({})
  expect(said(family({}))).toEqual({})
})

test('a fact that is a lack fills in yes and is named with its source and day', () => {
  expect(prefill(family({}, { disability_level: '2' }), today)).toEqual([
    {
      indicator: 'disability',
      answer: 'yes',
      grounds: [{ fact: 'disability_level', personId: 1, source: '民政', day: '2025-05-01' }],
    },
  ])
})

test('a disability of grade 3 or 4 is a lack where it is of mind or intellect', () => {
  expect(said(family({}, { disability_level: '3' }))).toEqual({})
  expect(said(family({}, { disability_level: '3', disability_kind: '4' }))).toEqual({})
  expect(said(family({}, { disability_level: '4', disability_kind: '5' }))).toEqual({
    disability: 'yes',
  })
  expect(said(family({}, { disability_level: '3', disability_kind: '6' }))).toEqual({
    disability: 'yes',
  })
})

test('six months without work are a lack of whoever is of age and able', () => {
  const of = (one: Said) => said(family({}, { birth_date: '1980-01-01', ...one }))
  const adult = { 'child-burden': 'no', 'child-environment': 'no' }
  expect(of({ jobless_months: 6 })).toEqual({ employment: 'yes', ...adult })
  expect(of({ jobless_months: 5 })).toEqual(adult)
  expect(of({ jobless_months: 8, cannot_earn: true })).toEqual(adult)
  expect(said(family({}, { jobless_months: 8 }))).toEqual({})
})

test('what an office recognised is a lack of income or home; that it did not is no answer', () => {
  expect(said(family({ status_dibao: true }, {}))).toEqual({ income: 'yes' })
  expect(said(family({ status_dibao: false }, {}))).toEqual({})
  expect(said(family({ unsafe_home: '2' }, {}))).toEqual({ housing: 'yes' })
})

test('nobody lacks insurance where all have both, children the one', () => {
  const grown = { birth_date: '1980-01-01', medical_insurance: '1', pension_scheme: '1' }
  const child = { birth_date: '2015-01-01', medical_insurance: '2' }
  expect(said(family({}, grown, child))).toMatchObject({ insurance: 'no' })
  expect(said(family({}, grown, { medical_insurance: '2' }))).not.toHaveProperty('insurance')
  expect(said(family({}, grown, { birth_date: '2015-01-01' }))).not.toHaveProperty('insurance')
})

test('children: two are a burden, none is none, an unknown age leaves it open', () => {
  const [adult, child] = [{ birth_date: '1980-01-01' }, { birth_date: '2015-01-01' }]
  expect(said(family({}, adult, child))).toEqual({})
  expect(said(family({}, adult, child, child))).toEqual({ 'child-burden': 'yes' })
  expect(said(family({}, adult, {}))).toEqual({})
  expect(said(family({}, adult, { ...child, serious_illness: true }))).toEqual({
    illness: 'yes',
    'child-burden': 'yes',
  })
  expect(said(family({}, adult, { ...child, father_guardianship: '5' }))).toEqual({
    'child-environment': 'yes',
  })
  // Eighteen today is a child no longer.
  expect(said(family({}, { birth_date: '2007-06-01' }))).toMatchObject({ 'child-burden': 'no' })
  expect(said(family({}, { birth_date: '2007-06-02' }))).toEqual({})
})
