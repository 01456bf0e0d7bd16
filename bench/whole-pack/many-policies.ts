import type { PackSource } from '../../rules/src/index.ts'

/**
 * The pack with so many programmes: its own, then copies of them in turn. A copy keeps what it reads
 * and pays; its whole numbers are one greater each time, so that nothing of it is worked out already.
 */
export function manyPolicies(source: PackSource, count: number): PackSource {
  const own = source.programmes
  const copies = Array.from({ length: Math.max(0, count - own.length) }, (_, i) => {
    const round = 1 + Math.floor(i / own.length)
    const { file, data } = own[i % own.length] ?? { file: '', data: {} }
    return { file: `${round}-${file}`, data: copied(data as Raw, round) }
  })
  return { ...source, programmes: [...own, ...copies] }
}

type Raw = Readonly<Record<string, unknown>>

/** Parameters and terms stay with the first: names are given once in a pack. */
function copied(data: Raw, round: number): Raw {
  const { parameters: _p, terms: _t, ...rest } = data
  const renamed = {
    ...rest,
    id: `${String(data['id'])}-${round}`,
    name: `${String(data['name'])}${round}`,
  }
  return moved(renamed, round) as Raw
}

/** The same with the numbers in every expression one round greater. */
function moved(value: unknown, round: number): unknown {
  if (Array.isArray(value)) return value.map((each) => moved(each, round))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'expr' && typeof each === 'string' ? movedText(each, round) : moved(each, round),
    ]),
  )
}

/** Numbers of two digits and more that stand alone: ages, months, yuan; never a date or a name. */
function movedText(text: string, round: number): string {
  return text.replace(standalone, (digits) => String(Number(digits) + round))
}

const standalone = /(?<![\p{L}\p{N}_."“-])\d{2,}(?![\p{L}\p{N}_."”-])/gu
