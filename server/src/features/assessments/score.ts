import type { Band, Confidence, Instrument, Line } from './instrument.ts'

/** What was answered, item by item: the place of the option chosen, from 0, or null where none was. */
export type Answers = readonly (number | null)[]

export type Score = Readonly<{
  total: number
  parts: Readonly<Record<string, number>>
  /** Null where the instrument has none. */
  band: Band | null
  lines: readonly Line[]
  /** Some items were filled in by the mean of the others. */
  prorated: boolean
}>

export type Scored = Readonly<{ score: Score } | { wrong: string }>

/**
 * Scores what was answered by the rules of the instrument.
 *
 * @param prorate whether missing items may be filled in by the mean of the others, where the instrument allows it
 * @returns `wrong` where an item is missing or has no such option; said to whoever fills it in
 */
export function scoreOf(instrument: Instrument, answers: Answers, prorate = false): Scored {
  if (instrument.totalOnly) return { wrong: '这个量表的条目待核，只能录入总分' }
  if (answers.length !== instrument.items.length)
    return { wrong: `要答 ${instrument.items.length} 项` }
  const points: (number | null)[] = []
  for (const [place, { id, points: each }] of instrument.items.entries()) {
    const chosen = answers[place] ?? null
    const scored = chosen === null ? null : each[chosen]
    if (scored === undefined) return { wrong: `第 ${id} 项没有这个选项` }
    points.push(scored)
  }
  const given = points.filter((one) => one !== null)
  const isWhole = given.length === points.length
  if (!isWhole && !mayFill(instrument, given.length, prorate))
    return { wrong: `还有 ${points.length - given.length} 项没有答` }
  const sum = given.reduce((all, one) => all + one, 0)
  // Rounded to the whole number that is nearest, halves up.
  const filled = isWhole
    ? sum
    : Math.floor((2 * sum * points.length + given.length) / (2 * given.length))
  const parts = isWhole ? partsOf(instrument, points) : {}
  return {
    score: { ...meaningOf(instrument, filled * instrument.times, parts), prorated: !isWhole },
  }
}

/** Where the items are not known here, what the total means. */
export function scoreOfTotal(instrument: Instrument, total: number): Scored {
  const limits = instrument.totalOnly
  if (!limits) return { wrong: '这个量表要逐项录入' }
  if (!Number.isInteger(total) || total < limits.min || total > limits.max)
    return { wrong: `总分在 ${limits.min} 到 ${limits.max} 之间` }
  return { score: { ...meaningOf(instrument, total, {}), prorated: false } }
}

function mayFill({ missing }: Instrument, given: number, prorate: boolean): boolean {
  return prorate && missing.rule === 'may-prorate' && given >= missing.atLeast
}

function partsOf(instrument: Instrument, points: readonly (number | null)[]) {
  return Object.fromEntries(
    (instrument.parts ?? []).map(({ id, items }) => [
      id,
      instrument.items.reduce(
        (sum, item, place) => (items.includes(item.id) ? sum + (points[place] ?? 0) : sum),
        0,
      ),
    ]),
  )
}

function meaningOf(
  { bands, lines }: Instrument,
  total: number,
  parts: Readonly<Record<string, number>>,
): Omit<Score, 'prorated'> {
  return {
    total,
    parts,
    band: bands.find(({ from, to }) => total >= from && total <= to) ?? null,
    lines: lines.filter(({ part, reaches, at }) => {
      const value = part === undefined ? total : parts[part]
      if (value === undefined) return false
      return reaches === 'from' ? value >= at : value <= at
    }),
  }
}

/** Why somebody has to be spoken with at once. */
export const alarms = ['self-harm-item', 'severe-total'] as const
export type Alarm = (typeof alarms)[number]

/**
 * Whether what was answered begins the safety flow: item 9 of the PHQ-9 is not "not at all" (domain.md §3.3), or its
 * total is in the band "severe". The ninth item alone is enough, also where others were left out.
 */
export function alarmsOf(instrument: Instrument, answers: Answers, total: number): Alarm[] {
  if (instrument.id !== 'phq-9') return []
  const ninth = answers[8] ?? 0
  return [
    ...(ninth > 0 ? (['self-harm-item'] as const) : []),
    ...(total >= 20 ? (['severe-total'] as const) : []),
  ]
}

/** Whether a figure may be shown without 待核 beside it. */
export function isConfirmed(confidence: Confidence): boolean {
  return confidence === 'high'
}
