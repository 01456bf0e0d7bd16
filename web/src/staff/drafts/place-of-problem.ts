import type { DraftCheck } from '../../api/views.ts'
import type { FieldTrouble } from '../../ui/feel/feel-field.tsx'
import { placeOf, type YamlPath } from './yaml-edit.ts'

type Place = DraftCheck['problems'][number]

function offsetOf(text: string, { line, column }: Place): number {
  let at = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end + 1
  }
  return at + column - 1
}

/** The problems of a file that lie inside one value of it. */
export function troublesAt(
  problems: readonly Place[],
  file: string,
  text: string,
  path: YamlPath,
): FieldTrouble[] {
  const mine = problems.filter((problem) => problem.file === file)
  const place = mine.length > 0 ? placeOf(text, path) : undefined
  if (!place) return []
  return mine.flatMap((problem) => {
    const offset = offsetOf(text, problem)
    if (offset < place.from || offset > place.to) return []
    return [{ from: offset - place.from, message: problem.message }]
  })
}
