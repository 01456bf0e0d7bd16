import { differenceOf, type DifferenceLine } from './line-difference.ts'
import { mergeTexts } from './merge-texts.ts'

type Texts = Readonly<Record<string, string>>

/** What was published since a draft was begun, file by file. */
type MovedFile = Readonly<{
  path: string
  /** Whether the draft changed it, too; and if so, whether both can be kept. */
  fate: 'theirs' | 'merged' | 'conflict'
  lines: (DifferenceLine | null)[]
}>

export type Choice = 'mine' | 'theirs'

/** The files that differ between the base of a draft and what is published last. */
export function movedFiles(base: Texts, head: Texts, mine: Texts): MovedFile[] {
  return pathsOf(base, head)
    .filter((path) => base[path] !== head[path])
    .map((path) => ({
      path,
      fate: fateOf(base[path] ?? '', head[path] ?? '', mine[path]),
      lines: differenceOf(base[path] ?? '', head[path] ?? ''),
    }))
}

function fateOf(base: string, head: string, mine: string | undefined): MovedFile['fate'] {
  if (mine === undefined) return 'theirs'
  return mergeTexts(base, mine, head) === null ? 'conflict' : 'merged'
}

/** The draft's own files carried over to the new base; the paths that still need a choice. */
export function carriedOver(
  base: Texts,
  head: Texts,
  mine: Texts,
  choices: Readonly<Record<string, Choice>>,
): Readonly<{ files: Texts; undecided: readonly string[] }> {
  const files: Record<string, string> = {}
  const undecided: string[] = []
  for (const [path, text] of Object.entries(mine)) {
    const merged = mergeTexts(base[path] ?? '', text, head[path] ?? '')
    const choice = choices[path]
    if (merged !== null) files[path] = merged
    else if (choice === 'mine') files[path] = text
    else if (choice === 'theirs') files[path] = head[path] ?? ''
    else undecided.push(path)
  }
  return { files, undecided }
}

function pathsOf(...texts: readonly Texts[]): string[] {
  return [...new Set(texts.flatMap((one) => Object.keys(one)))].sort()
}
