/** Cells with fewer than this many, and not none, are shown to nobody: somebody could be told by them. */
const fewest = 5

/** Cells of which the first is the sum of the others. */
export type Sum = readonly number[]

/**
 * Which cells must not be shown: those that count too few, and as many more as it takes that no sum
 * gives them back, alone or together with other sums.
 *
 * @param counts whole numbers, none negative
 * @param sums by places in `counts`
 */
export function hiddenCells(counts: readonly number[], sums: readonly Sum[]): boolean[] {
  const hidden = counts.map(isFew)
  for (;;) {
    const weak = sums.find((sum) => isWeak(sum, counts, hidden)) ?? betraying(sums, hidden)
    const place = weak && choose(weak, counts, hidden)
    if (place === undefined) return hidden
    hidden[place] = true
  }
}

export function isFew(count: number): boolean {
  return count !== 0 && Math.abs(count) < fewest
}

/** A sum that gives away what is hidden in it: one cell alone, or parts that together are few. */
function isWeak(sum: Sum, counts: readonly number[], hidden: readonly boolean[]): boolean {
  const [whole = 0, ...parts] = sum
  const out = parts.filter((place) => hidden[place])
  if (hidden[whole]) return out.length === 0
  if (out.length === 0) return false
  const together = out.reduce((total, place) => total + (counts[place] ?? 0), 0)
  return out.length === 1 || together < fewest
}

/** The next cell to hide in a sum: the part that tells least, else the sum itself. */
function choose(
  [whole = 0, ...parts]: Sum,
  counts: readonly number[],
  hidden: readonly boolean[],
): number | undefined {
  const shown = parts.filter((place) => !hidden[place])
  const size = (place: number) => counts[place] ?? 0
  const [least] = shown.filter((place) => size(place) > 0).sort((a, b) => size(a) - size(b))
  return least ?? (hidden[whole] ? shown[0] : whole)
}

/**
 * A sum in which a hidden cell follows from all sums together, although none alone gives it away:
 * the sums are solved for what is hidden, and a line with one unknown left betrays it.
 */
function betraying(sums: readonly Sum[], hidden: readonly boolean[]): Sum | undefined {
  const unknowns = hidden.flatMap((isHidden, place) => (isHidden ? [place] : []))
  const column = new Map(unknowns.map((place, i) => [place, i]))
  const lines = sums.map(([whole = 0, ...parts]) => {
    const line = new Float64Array(unknowns.length)
    for (const [i, place] of [whole, ...parts].entries()) {
      const at = column.get(place)
      if (at !== undefined) line[at] = (line[at] ?? 0) + (i === 0 ? -1 : 1)
    }
    return line
  })
  reduce(lines, unknowns.length)
  const told = lines.flatMap((line) => {
    const left = [...line.keys()].filter((at) => Math.abs(line[at] ?? 0) > tiny)
    return left.length === 1 ? [unknowns[left[0] ?? 0] ?? -1] : []
  })
  return sums.find(
    (sum) => sum.some((place) => told.includes(place)) && sum.some((p) => !hidden[p]),
  )
}

const tiny = 1e-9

/** Gauss and Jordan: every unknown that can be a pivot is left in one line only. */
function reduce(lines: Float64Array[], unknowns: number): void {
  let done = 0
  for (let at = 0; at < unknowns; at++) {
    const pivot = lines.findIndex((line, i) => i >= done && Math.abs(line[at] ?? 0) > tiny)
    const [found, other] = [lines[pivot], lines[done]]
    if (!found || !other) continue
    ;[lines[done], lines[pivot]] = [found, other]
    const by = found[at] ?? 1
    found.forEach((value, i) => {
      found[i] = value / by
    })
    for (const line of lines) {
      const times = line === found ? 0 : (line[at] ?? 0)
      if (Math.abs(times) <= tiny) continue
      line.forEach((value, i) => {
        line[i] = value - times * (found[i] ?? 0)
      })
    }
    done++
  }
}
