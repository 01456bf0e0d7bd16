import { expect, test } from 'vitest'
import { dayOf } from './days.ts'
import { declaredFacts } from './fact-catalogue.ts'
import { generateDistrict } from './generate.ts'
import type { GeneratedHousehold } from './model.ts'
import { districtRolls } from './rolls.ts'

/** What is on record of people: facts, awards and rolls. */
const today = '2025-06-01'
const demonstration = [...generateDistrict({ residents: 20_000, seed: 1, today })]

function strangeFacts({ facts, members }: GeneratedHousehold): string[] {
  const declared = declaredFacts()
  const seen = new Set<string>()
  const strange: string[] = []
  for (const { fact, member, value, verifiedOn } of facts) {
    const its = declared.get(fact)
    const place = `${fact} ${member}`
    const fits =
      its !== undefined &&
      its.entity === (member === undefined ? 'household' : 'person') &&
      (member === undefined || members[member] !== undefined) &&
      !seen.has(place) &&
      verifiedOn <= dayOf(today) &&
      (value === null
        ? its.nullable === true
        : its.type === 'boolean'
          ? typeof value === 'boolean'
          : its.type === 'code'
            ? its.codes?.some(({ code }) => code === value)
            : its.type === 'date'
              ? /^\d{4}-\d\d-\d\d$/.test(String(value))
              : typeof value === 'number' && value >= 0)
    if (!fits) strange.push(`${place} = ${value}`)
    seen.add(place)
  }
  return strange
}

test('every fact is one that policy/facts.yaml declares, once, with a value of its kind', () => {
  expect(demonstration.flatMap(strangeFacts)).toEqual([])
})

test('incomes of people nobody has visited are unknown, registers are known', () => {
  const known = (id: string) =>
    demonstration.flatMap(({ facts }) => facts.filter(({ fact }) => fact === id)).length
  expect(known('birth_date')).toBe(20_000)
  expect(known('labour_income')).toBeLessThan(3000)
  expect(known('labour_income')).toBeGreaterThan(400)
})

test('nobody draws what they cannot: age, certificate, registration and days are right', () => {
  for (const { awards, members, facts } of demonstration) {
    for (const { programme, member, from, to } of awards) {
      expect(from).toBeLessThanOrEqual(dayOf(today))
      if (to !== undefined) expect(to).toBeGreaterThan(from)
      if (member === undefined) continue
      const { age, hukou } = members[member]!
      expect(Number(hukou)).toBeLessThanOrEqual(3)
      const certificate = facts.find(
        (one) => one.member === member && one.fact === 'disability_level',
      )
      if (programme === 'laonian-jintie') expect(age).toBeGreaterThanOrEqual(65)
      if (programme === 'jubao-jichu') expect(age).toBeGreaterThanOrEqual(60)
      if (programme === 'kunjing-ertong') expect(age).toBeLessThan(18)
      if (/^(canji|zhongcan)-/.test(programme)) expect(certificate?.value ?? null).not.toBeNull()
    }
  }
})

test('some who are entitled do not receive: as many as the assumptions say', () => {
  const elders = demonstration.flatMap(({ awards, members }) =>
    members
      .map((member, i) => ({ ...member, i }))
      .filter(({ age, hukou }) => age >= 66 && hukou <= '3')
      .map(({ i }) => awards.some((one) => one.programme === 'laonian-jintie' && one.member === i)),
  )
  const missed = elders.filter((receives) => !receives).length / elders.length
  expect(missed).toBeGreaterThan(0.003)
  expect(missed).toBeLessThan(0.025)
})

test('rolls of the main programmes are complete in every township and some are not', () => {
  const rolls = districtRolls(today)
  const complete = (programme: string) =>
    rolls.filter((roll) => roll.programme === programme && roll.complete).length
  expect(complete('dibao')).toBe(11)
  expect(complete('laonian-jintie')).toBe(11)
  expect(complete('liangyou')).toBeLessThan(11)
  expect(complete('changhu')).toBe(0)
})
