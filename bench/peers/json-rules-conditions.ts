import * as figures from '../workload/thresholds.ts'

export type Almanac = {
  factValue: <T = number>(name: string) => Promise<T>
  addRuntimeFact: (name: string, value: unknown) => void
}
export type Event = { type: string; params?: { amount: number } }
export type Rule = {
  conditions: unknown
  event: Event
  priority?: number
  onSuccess?: (event: Event, almanac: Almanac) => void
}
const is = (fact: string, value: unknown = true) => ({ fact, operator: 'equal', value })
const below = (fact: string, value: unknown) => ({ fact, operator: 'lessThan', value })
const atLeast = (fact: string, value: number) => ({
  fact,
  operator: 'greaterThanInclusive',
  value,
})
const atMost = (fact: string, value: number) => ({ fact, operator: 'lessThanInclusive', value })
const pays = (type: string, amount: number): Event => ({ type, params: { amount } })
const heavyLevels = { fact: 'disability', operator: 'in', value: [1, 2] }

/** What hangs on the person alone. */
export const memberRules: Rule[] = [
  {
    conditions: {
      all: [
        is('local'),
        { any: [atLeast('age', 60), below('age', 16), heavyLevels] },
        { fact: 'employment', operator: 'notEqual', value: 1 },
        below('own', figures.subsistenceLine),
        is('supporter', false),
      ],
    },
    event: pays('tekun', figures.extremePovertyAmount),
  },
  ...[1, 2].map((level) => ({
    conditions: { all: [is('local'), is('disability', level)] },
    event: pays('nursing', figures.disabilityNursing[level as 1]),
  })),
  ...figures.oldAgeBands.map(([from, amount], band) => ({
    conditions: {
      all: [
        is('local'),
        atLeast('age', from),
        below('age', figures.oldAgeBands[band + 1]?.[0] ?? 1000),
      ],
    },
    event: pays('oldAge', amount),
  })),
]

const found = (name: string) => (_event: Event, almanac: Almanac) =>
  almanac.addRuntimeFact(name, true)
const hardship = { any: [is('dibao'), is('low')] }
const lowAssets = atMost('assetsPerHead', figures.lowAssetsLine)

/** In the order of priority, as later ones read what earlier ones found. Amounts are callbacks. */
export const householdRules: Rule[] = [
  {
    priority: 10,
    conditions: {
      all: [
        is('allLocal'),
        is('tekuns', 0),
        is('car', false),
        below('incomePerHead', figures.subsistenceLine),
        atMost('assetsPerHead', figures.assetsLine),
      ],
    },
    event: { type: 'dibao' },
    onSuccess: found('dibao'),
  },
  {
    priority: 9,
    conditions: {
      all: [
        is('allLocal'),
        is('dibao', false),
        below('incomePerHead', figures.lowIncomeLine),
        lowAssets,
      ],
    },
    event: { type: 'low' },
    onSuccess: found('low'),
  },
  {
    priority: 8,
    conditions: {
      all: [
        is('allLocal'),
        is('dibao', false),
        below('restPerHead', figures.subsistenceLine),
        lowAssets,
      ],
    },
    event: { type: 'expense' },
  },
  {
    conditions: { all: [hardship, below('areaPerHead', figures.floorAreaPerHead)] },
    event: { type: 'rent' },
  },
  {
    conditions: { any: [hardship, { fact: 'tekuns', operator: 'greaterThan', value: 0 }] },
    event: { type: 'utilities' },
  },
]

/** What hangs on the household as well. */
export const lateRules: Rule[] = [
  ...[
    [heavyLevels, figures.disabilityLiving.heavy] as const,
    [
      { fact: 'disability', operator: 'in', value: [3, 4] },
      figures.disabilityLiving.light,
    ] as const,
  ].map(([level, amount]) => ({
    conditions: { all: [is('local'), level, is('tekun', 0), hardship] },
    event: pays('living', amount),
  })),
  ...figures.educationAmounts.slice(1).map((amount, stage) => ({
    conditions: {
      all: [is('student', stage + 1), { any: [is('dibao'), is('low'), is('expense')] }],
    },
    event: pays('education', amount),
  })),
]
