import { addMonths, dayFromText, textFromDay } from '../../src/days.ts'
import type { Fact, TargetEntity } from '../../src/pack.ts'
import type { HouseholdFacts, Reading } from '../../src/results.ts'
import type { Draw } from './draw.ts'
import { asked } from './parameters.ts'

/** Random facts, and random households described by them. */

const words = { household: '户', person: '人' } as const
const types = {
  money: '金额',
  integer: '个数',
  number: '比数',
  boolean: '是否',
  code: '类别',
  date: '日期',
} as const

export const codes = [
  { code: '1', name: '甲' },
  { code: '2', name: '乙' },
  { code: '3', name: '丙' },
]

const ranges: Readonly<Record<Fact['type'], readonly Fact['range'][]>> = {
  money: [undefined, [0, 3000], [-50, 50]],
  integer: [[0, 4], [-2, 2], [0, null], undefined],
  number: [[0, 10], [-1, 1], undefined],
  boolean: [undefined],
  code: [undefined],
  date: [undefined, ['1960-02-29', '2024-02-29']],
}

function randomFact(draw: Draw, entity: TargetEntity, type: Fact['type']): Fact {
  const range = draw.pick(ranges[type].map((r) => ({ r }))).r
  return {
    id: `${entity}_${type}`,
    name: `${words[entity]}${types[type]}`,
    entity,
    type,
    ...(draw.chance(1, 2) ? { nullable: true } : {}),
    ...(range ? { range } : {}),
    ...(type === 'number' ? { decimals: draw.integer(0, 4) } : {}),
    ...(type === 'code' ? { codes } : {}),
  }
}

/** One fact of each type for households and persons, and an age derived from the person's date. */
export function randomFacts(draw: Draw): Fact[] {
  const all = (entity: TargetEntity): Fact[] =>
    (['money', 'integer', 'number', 'boolean', 'code', 'date'] as const).map((type) =>
      randomFact(draw, entity, type),
    )
  const derive = { ageOf: 'person_date' }
  const age = { id: 'age', name: '年龄', entity: 'person', type: 'integer', derive } as const
  return [...all('household'), ...all('person'), { ...age, range: [0, 120] }]
}

/** The fact that says who has been awarded a programme. */
export function statusFact(programme: string, entity: TargetEntity): Fact {
  return {
    id: `status_${entity}_${programme}`,
    name: `${words[entity]}身份${programme}`,
    entity,
    type: 'boolean',
    kind: 'status',
    programme,
  }
}

const openEnds = { money: [-2000, 5000], integer: [-3, 70], number: [-20, 20] } as const
const openDays = [-7000, 20_800] as const
const closedDays = [-3594, 19_782] as const // 1960-02-29 to 2024-02-29

/** A known value within the fact's range, often at its end or a round number. */
export function randomValue(draw: Draw, fact: Fact): Reading['value'] {
  const { type, range } = fact
  if (fact.nullable && draw.chance(1, 4)) return null
  if (type === 'boolean') return draw.chance(1, 2)
  if (type === 'code') return draw.pick(codes).code
  if (type === 'date') return randomDay(draw, range ? closedDays : openDays)
  const [lo, hi] = range ?? (type === 'money' ? [0, null] : [null, null])
  const [least, most] = openEnds[type]
  const power = type === 'money' ? 100 : type === 'number' ? 10 ** (fact.decimals ?? 2) : 1
  const n = between(draw, [Number(lo ?? least), Number(hi ?? most)], power)
  return type === 'number' ? n / power : n
}

/** Half of the days lie a duration before one of the days asked about, give or take a month. */
function randomDay(draw: Draw, ends: readonly [number, number]): string {
  const near = addMonths(dayFromText(draw.pick(asked)) ?? 0, -draw.pick([0, 1, 6, 216, 720]))
  const day = near + draw.integer(-35, 35)
  const fits = day >= ends[0] && day <= ends[1]
  return textFromDay(draw.chance(1, 2) && fits ? day : between(draw, ends, 1))
}

function between(draw: Draw, ends: readonly [number, number], power: number): number {
  const [min, max] = [ends[0] * power, ends[1] * power]
  if (draw.chance(1, 2)) return draw.integer(min, max)
  return draw.pick([min, max, 0, 1, 50, 100, 124_000].filter((n) => n >= min && n <= max))
}

/** What a fact cannot be: it is taken as not known. */
function strangeValue({ nullable, type }: Fact): Reading['value'] {
  return nullable ? (type === 'boolean' ? 1 : '？') : null
}

/** `strange`: now and then a reading is none that its fact can have. */
type Making = Readonly<{ gaps: number; most: number; least?: number; strange?: boolean }>

/** A household of `least` to `most` members that lacks `gaps` in ten of its facts. */
export function randomHousehold(
  draw: Draw,
  facts: readonly Fact[],
  { gaps, most, least = 1, strange = false }: Making,
): HouseholdFacts {
  const readings = (entity: TargetEntity): Record<string, Reading> =>
    Object.fromEntries(
      facts
        .filter((fact) => fact.entity === entity && !draw.chance(gaps, 10))
        // an age is told apart from the date of birth only now and then
        .filter((fact) => fact.derive === undefined || draw.chance(1, 4))
        .map((fact) => [
          fact.id,
          { value: strange && draw.chance(1, 20) ? strangeValue(fact) : randomValue(draw, fact) },
        ]),
    )
  return {
    household: readings('household'),
    members: draw.list(least, most, (i) => ({ id: `m${i}`, facts: readings('person') })),
  }
}
