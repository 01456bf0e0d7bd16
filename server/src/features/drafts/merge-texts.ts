import { type Hunk, hunksOf, linesOf } from './line-difference.ts'

/**
 * Carries what two people changed in one text into one; null where both changed the same lines, or
 * lines next to each other, in different ways.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  if (mine === base || mine === theirs) return theirs
  if (theirs === base) return mine
  const lines = linesOf(base)
  const hunks = [hunksOf(lines, linesOf(mine)), hunksOf(lines, linesOf(theirs))] as const
  const all = [...hunks[0], ...hunks[1].filter((hunk) => !hunks[0].some((own) => equal(own, hunk)))]
  all.sort((a, b) => a.from - b.from || a.to - b.to)
  const clash = all.some((hunk, i) => {
    const next = all[i + 1]
    return next !== undefined && next.from <= hunk.to
  })
  if (clash) return null
  const merged: string[] = []
  let at = 0
  for (const { from, to, lines: made } of all) {
    merged.push(...lines.slice(at, from), ...made)
    at = to
  }
  return `${[...merged, ...lines.slice(at)].join('\n')}\n`
}

function equal(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && a.to === b.to && a.lines.join('\n') === b.lines.join('\n')
}
