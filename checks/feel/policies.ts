import { explain, type HouseholdFacts, type Pack, readPack } from '../../rules/src/index.ts'
import { code, prose } from './shown.ts'

/** Where an example stands: a condition, or an amount a month. */
export type Place = Readonly<{ of: 'household' | 'person'; as: 'condition' | 'amount' }>

const facts = [
  { id: 'income', name: '收入', entity: 'person', type: 'money', range: [0, null] },
  { id: 'pension', name: '养老金', entity: 'person', type: 'money', nullable: true },
  { id: 'birth_date', name: '出生日期', entity: 'person', type: 'date' },
  {
    id: 'age',
    name: '年龄',
    entity: 'person',
    type: 'integer',
    range: [0, 120],
    derive: { ageOf: 'birth_date' },
  },
  { id: 'student', name: '在校', entity: 'person', type: 'boolean' },
  {
    id: 'disability',
    name: '残疾等级',
    entity: 'person',
    type: 'code',
    codes: [
      { code: '0', name: '无' },
      { code: '1', name: '一级' },
      { code: '2', name: '二级' },
    ],
  },
  { id: 'assets', name: '货币财产', entity: 'household', type: 'money', range: [0, null] },
  { id: 'car', name: '有机动车', entity: 'household', type: 'boolean' },
  {
    id: 'receives',
    name: '在享别项',
    entity: 'household',
    type: 'boolean',
    kind: 'status',
    programme: 'other',
  },
]

const clause = { document: '条款待核' }

/** A pack of round figures in which one programme holds the example. */
function packWith(expr: string, { of, as }: Place): ReturnType<typeof readPack> {
  const tier = {
    id: 'only',
    target: of,
    conditions: [{ id: 'line', text: '条件', clause, expr: as === 'condition' ? expr : 'true' }],
    amount: as === 'amount' ? { kind: 'computed', per: 'month', expr } : { kind: 'official' },
  }
  const other = {
    ...tier,
    target: 'household',
    conditions: [{ id: 'line', text: '条件', clause, expr: 'not(有机动车)' }],
    amount: { kind: 'official' },
  }
  const line = { id: 'line', name: '例标准', type: 'money', range: [0, null] }
  const each = { id: 'each', name: '人均收入', entity: 'household', text: '收入除以人数' }
  return readPack({
    pack: { id: 'examples', version: '1' },
    facts: { facts },
    programmes: [
      programmeOf('aid', '例政策', {
        tiers: [tier],
        parameters: [{ ...line, rows: [{ from: '2020-01-01', value: 1000 }] }],
        terms: [{ ...each, expr: 'sum(members.收入) / count(members)' }],
      }),
      programmeOf('other', '别项', { tiers: [other] }),
    ],
  })
}

function programmeOf(id: string, name: string, more: object): { file: string; data: object } {
  return { file: id, data: { id, name, category: 'any', computes: 'full', ...more } }
}

/** The household that the examples are asked of, on {@link exampleDay}. */
const household: HouseholdFacts = {
  household: { assets: { value: 20_000_00 }, car: { value: false }, receives: { value: true } },
  members: [
    member({ income: 1800_00, pension: null, birth_date: '1985-03-10', student: false }, '0'),
    member({ income: 0, pension: null, birth_date: '2014-09-01', student: true }, '0'),
    member({ income: 0, pension: 300_00, birth_date: '1950-06-15', student: false }, '1'),
  ],
}

export const exampleDay = '2025-06-01'

function member(
  facts: Readonly<Record<string, string | number | boolean | null>>,
  disability: string,
): HouseholdFacts['members'][number] {
  const all = Object.entries({ ...facts, disability })
  return {
    id: String(facts['birth_date']),
    facts: Object.fromEntries(all.map(([fact, value]) => [fact, { value }])),
  }
}

/** What a policy makes of an expression: its result for the household, or each sentence of the refusal. */
export function askPolicy(expr: string, place: Place): { result: string } | { refused: string[] } {
  const read = packWith(expr, place)
  if ('problems' in read) return { refused: read.problems.map(({ message }) => message) }
  return { result: resultOf(read, place) }
}

const words = { met: '满足', unmet: '不满足', unknown: '未知' } as const

function resultOf(pack: Pack, { as }: Place): string {
  const results = explain(pack, household, exampleDay, { programme: 'aid' })
  const each = results.map(({ amount, conditions: [only] }) => {
    if (as === 'condition') return only ? words[only.verdict] : ''
    return amount.kind === 'exact' ? `${amount.fen / 100} 元` : amount.kind
  })
  return each.join('、')
}

/** For a table: whether a policy takes the expression, and if not, why. */
export function inPolicy(expr: string): string {
  const answer = askPolicy(expr, { of: 'household', as: 'condition' })
  return 'result' in answer
    ? `可用：${code(expr)}`
    : `不可用，${code(expr)}：${prose(answer.refused.join('；'))}`
}

/** Whether the lowering knows a function of this name for policies. */
export function takenInPolicies(name: string): boolean {
  const read = packWith(`${name}(1)`, { of: 'household', as: 'condition' })
  const outside = ['feel.unknown-function', 'feel.unsupported', 'feel.space-in-name']
  return !('problems' in read && read.problems.some((one) => outside.includes(one.code)))
}
