import { parse } from 'yaml'

/** So many characters of text are kept with what they say: the pack and its cases a dozen times over. */
const MOST_KEPT = 16_000_000

const kept = new Map<string, unknown>()
let size = 0

/**
 * What a text of YAML says. Files of a pack are asked for again and again while few of them change,
 * and reading them takes longer than all that is done with them: each is read once. Frozen, since
 * everybody who asks is given the same.
 *
 * @throws YAMLParseError where it is broken
 */
export function readYaml(text: string): unknown {
  const found = kept.get(text)
  if (found !== undefined) {
    kept.delete(text)
    kept.set(text, found)
    return found
  }
  const data = frozen(parse(text))
  if (data === undefined) return data
  kept.set(text, data)
  size += text.length
  for (const oldest of kept.keys()) {
    if (size <= MOST_KEPT) break
    kept.delete(oldest)
    size -= oldest.length
  }
  return data
}

function frozen(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data
  Object.values(data).forEach(frozen)
  return Object.freeze(data)
}
