/** One line of a difference: on both sides, only before, or only after. */
export type DifferenceLine = Readonly<{ kind: 'same' | 'old' | 'new'; text: string }>

/** A run of old lines that became a run of new ones; either may be empty. */
export type Hunk = Readonly<{ from: number; to: number; lines: readonly string[] }>

/** Lines common to two texts, as pairs of places, as many as there can be. */
function commonLines(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++
  const [rows, columns] = [a.length - start - end, b.length - start - end]
  const longest = new Uint32Array((rows + 1) * (columns + 1))
  const at = (i: number, j: number) => longest[i * (columns + 1) + j] ?? 0
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      longest[i * (columns + 1) + j] =
        a[start + i] === b[start + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: [number, number][] = Array.from({ length: start }, (_, i) => [i, i])
  for (let [i, j] = [0, 0]; i < rows && j < columns; ) {
    if (a[start + i] === b[start + j]) pairs.push([start + i++, start + j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  for (let i = end; i > 0; i--) pairs.push([a.length - i, b.length - i])
  return pairs
}

/** What changed from one text to another, as runs of lines of the first. */
export function hunksOf(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...commonLines(before, after), [before.length, after.length] as const]) {
    if (x > i || y > j) hunks.push({ from: i, to: x, lines: after.slice(j, y) })
    i = x + 1
    j = y + 1
  }
  return hunks
}

/** Lines around each change, and null where equal lines are left out. */
export function differenceOf(before: string, after: string, around = 2): (DifferenceLine | null)[] {
  const a = linesOf(before)
  const shown: (DifferenceLine | null)[] = []
  let at = 0
  const same = (until: number) => {
    for (; at < until; at++) shown.push({ kind: 'same', text: a[at] ?? '' })
  }
  for (const { from, to, lines } of hunksOf(a, linesOf(after))) {
    if (from - at > 2 * around) {
      if (at > 0) same(at + around)
      shown.push(null)
      at = from - around
    }
    same(from)
    for (; at < to; at++) shown.push({ kind: 'old', text: a[at] ?? '' })
    for (const text of lines) shown.push({ kind: 'new', text })
  }
  if (at > 0 && shown.length > 0) same(Math.min(a.length, at + around))
  return shown
}

export function linesOf(text: string): string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
