import fc from 'fast-check'
import type { Pack } from '../../src/pack.ts'
import type { HouseholdFacts } from '../../src/results.ts'
import { type Draw, drawn } from './draw.ts'
import { randomHousehold } from './facts.ts'
import { randomPack } from './pack.ts'
import { asked } from './parameters.ts'

/** A pack, households with gaps, and the day asked about. */
export type Case = Readonly<{ pack: Pack; households: readonly HouseholdFacts[]; on: string }>

type Size = Readonly<{ households: number; members: number; strange?: boolean }>

/** Random cases of 1 to `households` households of 1 to `members` members. */
export function cases(most: Size): fc.Arbitrary<Case> {
  return drawn((draw) => legible(randomCase(draw, most)))
}

function randomCase(draw: Draw, most: Size): Case {
  const pack = randomPack(draw)
  const gaps = draw.integer(0, 9)
  const household = (): HouseholdFacts =>
    randomHousehold(draw, pack.facts, {
      gaps,
      most: most.members,
      strange: most.strange ?? false,
    })
  return { pack, households: draw.list(1, most.households, household), on: draw.pick(asked) }
}

/** A case that a failing property prints as its author would have written it. */
export function legible<T extends Case>(one: T): T {
  return Object.assign(one, { [fc.toStringMethod]: () => told(one) })
}

function told({ pack, households, on }: Case): string {
  const lines = pack.programmes.flatMap((p) => [
    ...p.parameters.map((x) => `parameter ${JSON.stringify({ ...x, pending: undefined })}`),
    ...p.terms.map((t) => `term ${t.name} ${t.id} of ${t.entity}: ${t.expr}`),
    `programme ${p.id} excludes ${JSON.stringify(p.excludes)}`,
    ...p.conditions.map((c) => `  ${JSON.stringify(c)}`),
    ...p.tiers.map((t) => `  tier ${JSON.stringify(t)}`),
  ])
  const facts = pack.facts.map((f) => JSON.stringify(f))
  const asked = households.map((h) => JSON.stringify(h))
  return ['', `on ${on}`, ...facts, ...lines, ...asked].join('\n')
}
