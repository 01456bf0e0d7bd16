import type { Problem } from '@qiao/rules'
import { type Document, isCollection, isNode, isPair, isScalar, type Scalar } from 'yaml'

/**
 * Where a problem stands in the text of its file: its own place, or what is nearest above it.
 *
 * @param text what `document` was read from
 * @returns an offset into `text`
 */
export function placeInYaml(
  document: Document.Parsed,
  text: string,
  { path, offset = 0 }: Pick<Problem, 'path' | 'offset'>,
): number {
  for (let length = path.length; length > 0; length--) {
    const key = path[length - 1]
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    if (!isCollection(parent)) continue
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) {
      if (length < path.length || !isScalar(node)) return node.range[0]
      return inScalar(node, node.range[0], text, offset)
    }
    const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(key))
    if (isPair(pair) && isNode(pair.key) && pair.key.range) return pair.key.range[0]
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0
}

/** Where a character of a scalar's value stands; quotes, and the indentation of a block, are no part of it. */
function inScalar({ type }: Scalar, start: number, text: string, offset: number): number {
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return start + 1 + offset
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return start + offset
  const first = text.indexOf('\n', start) + 1
  const indent = /^ */.exec(text.slice(first))?.[0].length ?? 0
  let [line, left] = [first, offset]
  for (;;) {
    const end = text.indexOf('\n', line)
    const length = (end < 0 ? text.length : end) - line - indent
    if (left <= length || end < 0) return line + indent + left
    // The break is one character of the value, whether kept or folded into a space.
    left -= Math.max(length, 0) + 1
    line = end + 1
  }
}
