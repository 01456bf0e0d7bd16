import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demoAccounts } from '../features/staff/demo-accounts.ts'
import { leastCommittee } from './committees.ts'
import { dayOf, monthsLater } from './days.ts'
import { figures, fullSize } from './figures.ts'
import { fewestResidents, generateDistrict } from './generate.ts'
import { checkCharacter } from '../features/households/id-number.ts'
import { unassignedPrefix } from './identity.ts'
import { leastGap } from './mend-gaps.ts'
import type { GeneratedHousehold } from './model.ts'
import type { DistrictWish } from './plan.ts'
import { rowsOf } from './rows.ts'

const today = '2025-06-01'
const demonstration = [...generateDistrict({ residents: 20_000, seed: 1, today })]
const everybody = demonstration.flatMap(({ members }) => members)

function fingerprint(wish: DistrictWish): string {
  const hash = createHash('sha256')
  let person = 1
  for (const household of generateDistrict(wish)) {
    hash.update(JSON.stringify(rowsOf(household, person)))
    person += household.members.length
  }
  return hash.digest('hex')
}

test('the same seed makes the same district, another seed another', () => {
  const first = fingerprint({ residents: 2000, seed: 7, today })
  expect(fingerprint({ residents: 2000, seed: 7, today })).toBe(first)
  expect(fingerprint({ residents: 2000, seed: 8, today })).not.toBe(first)
})

test('the district is the same in another process, time zone and language', () => {
  const script = `
    const { createHash } = await import('node:crypto')
    const { generateDistrict } = await import(${JSON.stringify(new URL('generate.ts', import.meta.url).href)})
    const hash = createHash('sha256')
    for (const household of generateDistrict(${JSON.stringify({ residents: 1500, seed: 3, today })}))
      hash.update(JSON.stringify(household))
    console.log(hash.digest('hex'))`
  const elsewhere = (TZ: string, LANG: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ, LANG, LC_ALL: LANG },
      encoding: 'utf8',
    })
  expect(elsewhere('Pacific/Auckland', 'de_DE.UTF-8')).toBe(elsewhere('America/Lima', 'C'))
})

test('20,000 residents are 20,000 people in every township, in committees worth a list', () => {
  expect(everybody).toHaveLength(20_000)
  const people = new Map<string, number>()
  for (const { areaId, members } of demonstration)
    people.set(areaId, (people.get(areaId) ?? 0) + members.length)
  expect(new Set([...people.keys()].map((id) => id.slice(0, 9))).size).toBe(11)
  expect(Math.min(...people.values())).toBeGreaterThan(100)
  expect(Math.max(...people.values())).toBeGreaterThan(leastCommittee)
})

test('people who only share a flat are households of their own', () => {
  const shared = demonstration.filter(({ home, members }) => home.people > members.length)
  expect(shared.length).toBeGreaterThan(500)
  for (const { members, home } of shared.filter(({ home: { first } }) => !first)) {
    expect(members).toHaveLength(1)
    expect(members[0]!.relation).toBe('02')
    expect(home.people).toBeGreaterThan(1)
  }
  expect(demonstration.filter(({ home }) => home.first)).toHaveLength(10_214)
})

test('no ID number is possible, each is right and unique, and says birth and sex', () => {
  expect(new Set(everybody.map(({ idNumber }) => idNumber)).size).toBe(20_000)
  for (const { idNumber, birthOn, sex } of everybody) {
    expect(idNumber.slice(0, 6)).toBe(unassignedPrefix)
    expect(idNumber[17]).toBe(checkCharacter(idNumber.slice(0, 17)))
    const born = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
    expect(dayOf(born)).toBe(birthOn)
    expect(Number(idNumber[16]) % 2).toBe(sex % 2)
  }
})

test('the check character is that of the specimens printed in the standard', () => {
  expect(checkCharacter('11010519491231002')).toBe('X')
  expect(checkCharacter('44052418800101001')).toBe('4')
})

test('no phone number has the shape of a mobile number in use', () => {
  const phones = everybody.flatMap(({ phone }) => (phone === null ? [] : [phone]))
  expect(new Set(phones).size).toBe(phones.length)
  for (const phone of phones) expect(phone).toMatch(/^100\d{8}$/)
})

test('everybody is as old as their birth date says', () => {
  const now = dayOf(today)
  for (const { birthOn, age } of everybody) {
    expect(monthsLater(birthOn, age * 12)).toBeLessThanOrEqual(now)
    expect(monthsLater(birthOn, age * 12 + 12)).toBeGreaterThan(now)
  }
})

test('each household has one head; spouses are of two sexes and of age', () => {
  for (const { members } of demonstration) {
    expect(members.filter(({ relation }) => relation === '02')).toHaveLength(1)
    const spouse = members.find(({ relation }) => relation === '10')
    if (!spouse) continue
    expect(spouse.sex).not.toBe(members[0]!.sex)
    expect(Math.min(spouse.age, members[0]!.age)).toBeGreaterThanOrEqual(20)
  }
})

function impossibleRelations({ members }: GeneratedHousehold): string[] {
  const head = members[0]!
  const spouse = members.find(({ relation }) => relation === '10')
  const problems: string[] = []
  for (const { relation, age } of members) {
    const child = relation === '20' || relation === '30'
    const parent = relation === '51' || relation === '52'
    if (child && head.age - age < leastGap) problems.push(`head ${head.age}, child ${age}`)
    if (child && spouse && spouse.age - age < leastGap)
      problems.push(`spouse ${spouse.age}, child ${age}`)
    if (parent && age - head.age < leastGap - 2) problems.push(`parent ${age}, head ${head.age}`)
  }
  return problems
}

test('no child is older than a parent, at any size and seed', () => {
  const runs = Number(process.env['QIAO_PROPERTY_RUNS'] ?? 0) > 0 ? 40 : 6
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 6000 }), fc.nat(), (residents, seed) => {
      let people = 0
      for (const household of generateDistrict({ residents, seed, today })) {
        people += household.members.length
        expect(impossibleRelations(household)).toEqual([])
      }
      expect(people).toBe(residents)
    }),
    { numRuns: runs },
  )
  expect(demonstration.flatMap(impossibleRelations)).toEqual([])
})

test('the seven stories are there, in households of their own, and say they are invented', () => {
  const told = demonstration.filter(({ story }) => story !== undefined)
  expect(told).toHaveLength(7)
  for (const { story, areaId } of told) {
    expect(story).toMatch(/^演示故事（人物、地址均为虚构）/)
    expect(areaId).toMatch(/^310118/)
  }
  const advisor = demoAccounts.find(({ username }) => username === 'guwen')
  expect(told.filter(({ areaId }) => areaId === advisor?.areaId)).toHaveLength(5)
})

test('given names are those of the years around the birth, stories aside', () => {
  const people = demonstration.flatMap(({ story, members }) => (story ? [] : members))
  for (const { name, sex, birthOn } of people) {
    const year = new Date(birthOn * 86_400_000).getUTCFullYear()
    const usual = figures.givenNames
      .filter((row) => row.sex === sex && row.fromYear <= year + 1 && year - 1 <= row.toYear)
      .flatMap(({ names }) => names)
    expect(usual.some((given) => name.endsWith(given) && name.length > given.length)).toBe(true)
  }
})

test('a size outside the figures is refused', () => {
  for (const residents of [fewestResidents - 1, fullSize + 1, 1500.5]) {
    expect(() => generateDistrict({ residents, seed: 1, today }).next()).toThrow(RangeError)
  }
})
