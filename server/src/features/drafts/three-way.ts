import { differenceOf, type DifferenceLine } from './line-difference.ts'
import { mergeTexts } from './merge-texts.ts'

/** Files by path; one that a release removed is there with no text. */
type Texts = Readonly<Record<string, string>>

/** What the district and a release each made of the release before. */
export type Sides = Readonly<{ base: Texts; ours: Texts; theirs: Texts }>

/** A file of the release, and how it meets what the district made of it. */
export type ReleaseFile = Readonly<{
  path: string
  fate: 'theirs' | 'merged' | 'conflict' | 'ours'
  theirs: (DifferenceLine | null)[]
  ours: (DifferenceLine | null)[]
}>

const versionLine = /^version:.*$/m

/**
 * Carries a release into what the district has: files that come out differently from what it has,
 * and the paths where both changed the same lines. What the release left alone stays the district's.
 */
export function carriedIn(sides: Sides): Readonly<{ files: Texts; undecided: string[] }> {
  const files: Record<string, string> = {}
  const undecided: string[] = []
  for (const { path, base, ours, theirs } of filesOf(sides)) {
    if (theirs === base) continue
    const merged = mergeTexts(base, ours, theirs)
    if (merged === null) undecided.push(path)
    else if (merged !== ours) files[path] = merged
  }
  return { files, undecided }
}

/** The files that differ on either side, with what each side changed. */
export function releaseFiles(sides: Sides): ReleaseFile[] {
  return filesOf(sides)
    .filter(({ base, ours, theirs }) => ours !== theirs && (ours !== base || theirs !== base))
    .map(({ path, base, ours, theirs }) => ({
      path,
      fate: fateOf(base, ours, theirs),
      theirs: differenceOf(base, theirs),
      ours: differenceOf(base, ours),
    }))
}

function fateOf(base: string, ours: string, theirs: string): ReleaseFile['fate'] {
  if (theirs === base) return 'ours'
  if (ours === base) return 'theirs'
  return mergeTexts(base, ours, theirs) === null ? 'conflict' : 'merged'
}

/** Every path with its text on each side, none where it is not there; the version of a pack is no change. */
function filesOf({ base, ours, theirs }: Sides) {
  const paths = [...new Set([base, ours, theirs].flatMap(Object.keys))].sort()
  const line = versionLine.exec(theirs['pack.yaml'] ?? '')?.[0] ?? ''
  const textIn = (side: Texts, path: string) =>
    path === 'pack.yaml' ? (side[path] ?? '').replace(versionLine, () => line) : (side[path] ?? '')
  return paths.map((path) => ({
    path,
    base: textIn(base, path),
    ours: textIn(ours, path),
    theirs: textIn(theirs, path),
  }))
}
