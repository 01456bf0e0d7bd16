import { load } from 'js-yaml'
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
  const data = frozen(said(text))
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

/**
 * Read by the parser that is seven times as fast. What it refuses is for the one that knows where and why; so is an
 * anchor that does not end its line, for it takes some at places where there may be none.
 */
function said(text: string): unknown {
  if (/&(?!\w+$)/m.test(text)) return parse(text)
  try {
    return load(text) ?? null
  } catch {
    return parse(text)
  }
}

function frozen(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data
  Object.values(data).forEach(frozen)
  return Object.freeze(data)
}
