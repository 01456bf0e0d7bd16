/**
 * Weights by the method CRITIC (domain.md §3.2): an indicator weighs the more, the more it differs between households and
 * the less it goes along with the others. 客观赋权
 *
 * Columns are scaled to 0–1, so that σ is compared; an indicator that is the same for all weighs nothing.
 *
 * @param rows one a household, with as many numbers each; at least two
 * @returns shares that add up to 1, or all 0 where no indicator differs
 */
export function criticWeights(rows: readonly (readonly number[])[]): number[] {
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, place) =>
    scaled(rows.map((row) => row[place] ?? 0)),
  )
  const spread = columns.map(deviation)
  const contents = columns.map((column, one) => {
    const conflict = columns.reduce(
      (sum, other, two) =>
        sum + 1 - correlation([column, spread[one] ?? 0], [other, spread[two] ?? 0]),
      0,
    )
    return (spread[one] ?? 0) * conflict
  })
  const all = contents.reduce((sum, one) => sum + one, 0)
  return contents.map((one) => (all === 0 ? 0 : one / all))
}

/**
 * Shares as basis points that add up to 10,000 exactly: what rounding down leaves over goes to the largest remainders,
 * of equal ones to the first.
 */
export function basisPoints(shares: readonly number[]): number[] {
  const whole = shares.map((share) => Math.floor(share * 10_000))
  const left = 10_000 - whole.reduce((sum, one) => sum + one, 0)
  const next = new Set(
    shares
      .map((share, place) => ({ place, rest: share * 10_000 - (whole[place] ?? 0) }))
      .toSorted((a, b) => b.rest - a.rest || a.place - b.place)
      .slice(0, left)
      .map(({ place }) => place),
  )
  return whole.map((one, place) => (next.has(place) ? one + 1 : one))
}

function scaled(column: readonly number[]): number[] {
  // Not by Math.min of the whole column: a district has more rows than a call has arguments.
  const least = column.reduce((low, one) => (one < low ? one : low), Infinity)
  const most = column.reduce((high, one) => (one > high ? one : high), -Infinity)
  return column.map((one) => (most === least ? 0 : (one - least) / (most - least)))
}

function mean(column: readonly number[]): number {
  return column.reduce((sum, one) => sum + one, 0) / column.length
}

/** Sample standard deviation. */
function deviation(column: readonly number[]): number {
  const middle = mean(column)
  const squares = column.reduce((sum, one) => sum + (one - middle) ** 2, 0)
  return column.length < 2 ? 0 : Math.sqrt(squares / (column.length - 1))
}

type Column = readonly [values: readonly number[], deviation: number]

/** Pearson; of a column that is the same for all it is not defined, and such a one weighs nothing anyway. */
function correlation([a, spreadA]: Column, [b, spreadB]: Column): number {
  if (spreadA === 0 || spreadB === 0) return 0
  const [meanA, meanB] = [mean(a), mean(b)]
  const shared = a.reduce((sum, one, row) => sum + (one - meanA) * ((b[row] ?? 0) - meanB), 0)
  return shared / ((a.length - 1) * spreadA * spreadB)
}
