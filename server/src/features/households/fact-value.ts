import { addMonths, dayFromText, type Fact, textFromDay } from '@qiao/rules'

/** As stored: money in integer fen, a day or a code as text, `null` for known to have none. */
export type FactValue = number | string | boolean | null

/** How money is written where a value comes from: the console sends fen, people and files yuan. */
export type MoneyUnit = 'fen' | 'yuan'

export type CheckedValue = Readonly<{ value: FactValue } | { wrong: string }>

/** A sum beyond it is a slip of the pen; the engine counts up to it (rules, money without a range). */
const moneyRange = [0, 21_000_000] as const

/** Nobody now living was born before. */
const firstBirth = '1900-01-01'

/**
 * The value to store for what was written, or what is wrong with it, said to the person who wrote
 * it.
 *
 * @param today no day may be later
 */
export function checkValue(
  fact: Fact,
  written: unknown,
  { today, money }: { today: string; money: MoneyUnit },
): CheckedValue {
  if (written === null) {
    return fact.nullable ? { value: null } : { wrong: `“${fact.name}”不能记为“没有”` }
  }
  switch (fact.type) {
    case 'boolean':
      return typeof written === 'boolean' ? { value: written } : { wrong: '要填是或否' }
    case 'code':
      return checkCode(fact, written)
    case 'date':
      return checkDay(written, today)
    case 'money':
      return checkMoney(fact, written, money)
    case 'integer':
      return checkNumber(fact, written, 0)
    case 'number':
      return checkNumber(fact, written, fact.decimals ?? 2)
  }
}

function checkCode({ codes = [] }: Fact, written: unknown): CheckedValue {
  const code = codes.find(({ code, name }) => written === code || written === name)
  if (code) return { value: code.code }
  return { wrong: `要从中选一项：${codes.map(({ name }) => name).join('、')}` }
}

function checkDay(written: unknown, today: string): CheckedValue {
  if (typeof written !== 'string' || dayFromText(written) === null) {
    return { wrong: '要填有效日期，如 1960-02-03' }
  }
  if (written > today) return { wrong: '日期不能晚于今天' }
  if (written < firstBirth) return { wrong: `日期不能早于 ${firstBirth}` }
  return { value: written }
}

function checkMoney(fact: Fact, written: unknown, unit: MoneyUnit): CheckedValue {
  const fen = unit === 'fen' ? wholeFen(written) : fenOfYuan(written)
  if (fen === undefined) {
    return { wrong: unit === 'fen' ? '金额要以分为单位的整数' : '金额以元为单位，最多两位小数' }
  }
  const [low, high] = fact.range ?? moneyRange
  if (low !== null && fen < Number(low) * 100) return { wrong: `不能小于 ${low} 元` }
  if (high !== null && fen > Number(high) * 100) return { wrong: `不能大于 ${high} 元` }
  return { value: fen }
}

function wholeFen(written: unknown): number | undefined {
  return typeof written === 'number' && Number.isSafeInteger(written) ? written : undefined
}

/** Digit by digit, so that no binary fraction rounds a fen away. */
function fenOfYuan(written: unknown): number | undefined {
  if (typeof written !== 'number' && typeof written !== 'string') return undefined
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(written))
  if (!match) return undefined
  const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && fen > 0 ? -fen : fen
}

function checkNumber(fact: Fact, written: unknown, places: number): CheckedValue {
  if (typeof written !== 'number' || !Number.isFinite(written)) return { wrong: '要填数字' }
  if (Number(written.toFixed(places)) !== written) {
    return { wrong: places === 0 ? '要填整数' : `最多 ${places} 位小数` }
  }
  const [low, high] = fact.range ?? [null, null]
  if (low !== null && written < Number(low)) return { wrong: `不能小于 ${low}` }
  if (high !== null && written > Number(high)) return { wrong: `不能大于 ${high}` }
  return { value: written }
}

/** The last day on which a fact verified on a day may be used, or `null` for no end. 有效期 */
export function shelfUntil(fact: Fact, verifiedOn: string): string | null {
  const day = dayFromText(verifiedOn)
  if (fact.shelfMonths === undefined || day === null) return null
  return textFromDay(addMonths(day, fact.shelfMonths))
}

/** From when a value holds: a birth from its own day, everything else from the day it was verified. */
export function holdsFrom(fact: Fact, value: FactValue, verifiedOn: string): string {
  if (fact.type !== 'date' || typeof value !== 'string') return verifiedOn
  return value < verifiedOn ? value : verifiedOn
}

/** A stored value in words: the code's name, yuan with its unit, 是 or 否. */
export function valueText(fact: Fact, value: FactValue): string {
  if (value === null) return '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (fact.type === 'code') return fact.codes?.find(({ code }) => code === value)?.name ?? '其他'
  if (typeof value === 'string') return value
  const number = fact.type === 'money' ? yuanText(value) : value.toLocaleString('zh-CN')
  return fact.unit ? `${number} ${fact.unit}` : number
}

/** `1,180`, or `1,180.50` where there are odd fen. */
function yuanText(fen: number): string {
  const places = fen % 100 === 0 ? 0 : 2
  const options = { minimumFractionDigits: places, maximumFractionDigits: places }
  return (fen / 100).toLocaleString('zh-CN', options)
}
