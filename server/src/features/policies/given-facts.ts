import type { Fact, HouseholdFacts, Pack, Reading } from '@qiao/rules'
import Big from 'big.js'

/** Facts as a person writes them: ids or Chinese names; money in yuan; codes or their labels. */
export type Given = Readonly<Record<string, unknown>>

export type GivenHousehold = Readonly<{
  household?: Given
  members: readonly (Given & { id: string })[]
}>

/** A fact that cannot be understood; `key` says which, as it was written. */
export class GivenProblem extends Error {
  readonly key: string

  constructor(key: string, message: string) {
    super(message)
    this.key = key
  }
}

/**
 * Reads facts written by hand. An absent fact is unknown; null is known to have none.
 *
 * @throws GivenProblem for a key nobody declared, a fact of the wrong entity, a value of the wrong kind
 */
export function readHouseholdFacts(pack: Pack, given: GivenHousehold): HouseholdFacts {
  const catalogue = catalogueOf(pack)
  return {
    household: readings(catalogue, 'household', given.household ?? {}, ''),
    members: given.members.map(({ id, ...facts }) => ({
      id,
      facts: readings(catalogue, 'person', facts, `成员 ${id}：`),
    })),
  }
}

const catalogues = new WeakMap<Pack, ReadonlyMap<string, Fact>>()

function catalogueOf(pack: Pack): ReadonlyMap<string, Fact> {
  const found = catalogues.get(pack)
  if (found) return found
  const made = new Map(
    pack.facts.flatMap((fact) => [[fact.id, fact] as const, [fact.name, fact] as const]),
  )
  catalogues.set(pack, made)
  return made
}

function readings(
  catalogue: ReadonlyMap<string, Fact>,
  entity: Fact['entity'],
  given: Given,
  whose: string,
): Record<string, Reading> {
  const read: Record<string, Reading> = {}
  for (const [key, value] of Object.entries(given)) {
    const fact = catalogue.get(key)
    if (!fact) throw new GivenProblem(key, `${whose}没有名为“${key}”的事实，见 policy/facts.yaml。`)
    if (fact.entity !== entity) {
      const place = fact.entity === 'household' ? 'household' : 'members'
      throw new GivenProblem(key, `${whose}“${key}”应写在 ${place} 之下。`)
    }
    if (fact.id in read) throw new GivenProblem(key, `${whose}“${key}”写了两次。`)
    read[fact.id] = { value: valueOf(fact, value, key, whose) }
  }
  return read
}

function valueOf(fact: Fact, value: unknown, key: string, whose: string): Reading['value'] {
  const refuse = (wanted: string): never => {
    throw new GivenProblem(
      key,
      `${whose}“${key}”的值 ${JSON.stringify(value)} 不对：应为${wanted}。`,
    )
  }
  if (value === null) return fact.nullable ? null : refuse('具体的值；不知道就不写，这一项没有“无”')
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('true 或 false')
    case 'date':
      return isDay(value) ? value : refuse('日期，如 1950-01-31')
    case 'code':
      return (
        codeOf(fact, value) ??
        refuse(`${(fact.codes ?? []).map(({ name }) => name).join('、')}之一`)
      )
    case 'money':
      return inRange(fact, decimalOf(value, 2) ?? refuse('金额（元），最多两位小数'), refuse)
        .times(100)
        .toNumber()
    case 'integer':
      return inRange(fact, decimalOf(value, 0) ?? refuse('整数'), refuse).toNumber()
    case 'number':
      return inRange(
        fact,
        decimalOf(value, fact.decimals ?? 6) ?? refuse('数字'),
        refuse,
      ).toNumber()
  }
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

function codeOf(fact: Fact, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return fact.codes?.find(({ code, name }) => code === String(value) || name === value)?.code
}

function decimalOf(value: unknown, decimals: number): Big | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d{1,15}(\.\d+)?$/.test(text)) return undefined
  const decimal = new Big(text)
  return decimal.eq(decimal.round(decimals)) ? decimal : undefined
}

function inRange(fact: Fact, value: Big, refuse: (wanted: string) => never): Big {
  const [low, high] = fact.range ?? [fact.type === 'number' ? null : 0, null]
  if (low !== null && value.lt(low)) return refuse(`不小于 ${low} 的数`)
  if (high !== null && value.gt(high)) return refuse(`不大于 ${high} 的数`)
  return value
}
