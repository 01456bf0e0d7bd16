import { apportion } from './apportion.ts'
import { assumption, fullSize } from './figures.ts'
import { collectiveType, householdTypes } from './household-types.ts'
import type { People } from './model.ts'
import { Random } from './random.ts'
import { registration, type Settled } from './settle.ts'

/** What a household truly needs; `-unclaimed`: entitled and not receiving. */
export const needs = [
  'none',
  'dibao',
  'dibao-unclaimed',
  'edge',
  'edge-unclaimed',
  'zhichu',
  'zhichu-unclaimed',
  'tekun',
  'tekun-unclaimed',
  'kunjing',
  'kunjing-unclaimed',
] as const
export type Need = (typeof needs)[number]

/**
 * Households at the full size by number of members (1, 2, 3, 4), in sum the persons of
 * targets.csv: 1,820 households and 2,450 persons of dibao, 620 persons on its edge, 900 a year
 * with expenditure-type aid, 163 tekun, 180 children in hardship.
 */
const quotas: readonly Readonly<{ need: Need; takeUp: string; households: readonly number[] }>[] = [
  { need: 'tekun', takeUp: 'take-up.tekun', households: [163] },
  { need: 'kunjing', takeUp: 'take-up.kunjing-ertong', households: [0, 90, 50, 40] },
  { need: 'dibao', takeUp: 'take-up.dibao', households: [1345, 340, 115, 20] },
  { need: 'edge', takeUp: 'take-up.edge', households: [118, 110, 70, 18] },
  { need: 'zhichu', takeUp: 'take-up.zhichu', households: [0, 150, 140, 45] },
]

/** Chooses the households in need among those registered in Qingpu, to the household exactly. */
export function planNeeds(people: People, settled: Settled, seed: number): Uint8Array {
  const random = new Random(seed, 4)
  const chosen = new Uint8Array(people.households)
  const shuffled = random.shuffle(Int32Array.from({ length: people.households }, (_, i) => i))
  const bySize = candidates(people, settled, shuffled)
  for (const { need, takeUp, households } of quotas) {
    const scale = people.age.length / fullSize
    const receiving = households.reduce((a, b) => a + b, 0) * scale
    const unclaimed = receiving / assumption(takeUp) - receiving
    take(need, apportion(Math.round(receiving), households))
    take(`${need}-unclaimed` as Need, apportion(Math.round(unclaimed), households))
  }
  return chosen

  function take(need: Need, counts: readonly number[]) {
    for (const [i, count] of counts.entries()) {
      let left = count
      for (const household of bySize[i] ?? []) {
        if (left === 0) break
        if (chosen[household] !== 0 || !fits(people, household, need, random)) continue
        chosen[household] = needs.indexOf(need)
        left--
      }
    }
  }
}

function candidates(people: People, settled: Settled, shuffled: Int32Array): number[][] {
  const bySize: number[][] = [[], [], [], []]
  for (const household of shuffled) {
    const here = settled.registration[household]! <= registration.otherTownship
    const shared = householdTypes[people.type[household]!]!.together.length > 1
    if (!here || shared || settled.mixed[household] === 1) continue
    const size = people.start[household + 1]! - people.start[household]!
    bySize[size - 1]?.push(household)
  }
  return bySize
}

/** Whether a household is of the sort that comes into such need. */
function fits(people: People, household: number, need: Need, random: Random): boolean {
  const kind = people.type[household]!
  const first = people.age[people.start[household]!]!
  const { members } = householdTypes[kind]!
  const collective = kind === collectiveType
  if (need.startsWith('tekun')) return first >= 60 && (collective ? true : random.chance(0.12))
  if (collective) return false
  if (need.startsWith('kunjing'))
    return (
      members === 'mc' ||
      members === 'mcG' ||
      members === 'mcg' ||
      members === 'hwc' ||
      members === 'mcPQ' ||
      members === 'mcpq'
    )
  if (need.startsWith('zhichu')) return /^(hwc|hwt|hwa|HW|Hw|mc|hwct|hwcG)/.test(members)
  if (members === 's') return first >= 42
  if (members === 'S') return random.chance(0.25)
  if (members.startsWith('hw')) return random.chance(0.4)
  return true
}
