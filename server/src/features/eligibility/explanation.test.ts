import type { HouseholdFacts, Pack, Reading } from '@qiao/rules'
import { beforeAll, expect, test } from 'vitest'
import { loadPackFolder } from '../policies/pack-files.ts'
import { explanationOf } from './explanation.ts'

let pack: Pack
beforeAll(async () => {
  pack = (await loadPackFolder()).pack
})

const yes: Reading = { value: true }
const no: Reading = { value: false }

/** Two people, of whom `a` is asked about, with what is known of receipt for each and for all. */
function receivingOf(
  programme: string,
  { household, a, b }: { household?: Reading; a?: Reading; b?: Reading },
) {
  const status = `status_${programme.replaceAll('-', '_')}`
  const facts = (reading: Reading | undefined) => (reading ? { [status]: reading } : {})
  const known: HouseholdFacts = {
    household: facts(household),
    members: [
      { id: 'a', facts: facts(a) },
      { id: 'b', facts: facts(b) },
    ],
  }
  const { results } = explanationOf({
    pack,
    on: '2025-06-01',
    areaId: '310118001001',
    household: known,
    optedOut: new Set(),
    leftOut: [],
    memberNames: new Map(),
    mayRead: () => true,
    isWithheld: () => false,
  })
  const found = results.find(
    (one) => one.programme === programme && (one.member === undefined || one.member === 'a'),
  )
  return { receiving: found?.receiving, group: found?.group }
}

test('receipt that nobody has recorded is unknown: no roll, no award', () => {
  expect(receivingOf('laonian-jintie', {}).receiving).toBe('unknown')
  expect(receivingOf('dibao', {}).receiving).toBe('unknown')
})

test('a complete roll without the person says no', () => {
  expect(receivingOf('laonian-jintie', { household: no, a: no, b: no }).receiving).toBe('no')
})

test('what another member receives is not received by this one', () => {
  expect(receivingOf('laonian-jintie', { household: no, a: no, b: yes }).receiving).toBe('no')
})

test('an award of the household is received by each member, one of a member by the household', () => {
  const received = { receiving: 'yes', group: 'receiving' }
  expect(receivingOf('laonian-jintie', { household: yes, a: no, b: no })).toEqual(received)
  expect(receivingOf('dibao', { household: no, a: no, b: yes })).toEqual(received)
})
