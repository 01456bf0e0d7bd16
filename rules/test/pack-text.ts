import { type Document, isCollection, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Pack, Problem } from '../src/pack.ts'
import { readPack } from '../src/read-pack.ts'

/** A whole pack in one YAML text: `facts`, `programmes`, and `asking` and `pack` where they matter. */
type PackText = Readonly<{
  pack?: unknown
  facts?: unknown
  asking?: unknown
  programmes?: readonly unknown[]
}>

/** The pack of a text, or its problems as `line:column message` in the order of the text. */
export function packOrProblems(text: string): Pack | string[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) throw new Error(String(document.errors[0]))
  const { pack, facts, asking, programmes = [] } = document.toJS() as PackText
  const read = readPack({
    pack: pack ?? { id: 'small', version: '1' },
    facts: { facts, ...(asking === undefined ? {} : { asking }) },
    programmes: programmes.map((data, i) => ({ file: String(i), data })),
  })
  if (!('problems' in read)) return read
  const places = read.problems.map((problem) => {
    const { line, col } = lines.linePos(offsetOf(document, problem))
    return { line, col, message: problem.message }
  })
  return places
    .sort((a, b) => a.line - b.line || a.col - b.col)
    .map(({ line, col, message }) => `${line}:${col} ${message}`)
}

/** The pack of a text that is known to hold together. */
export function packFrom(text: string): Pack {
  const read = packOrProblems(text)
  if (Array.isArray(read)) throw new Error(read.join('\n'))
  return read
}

/** Where a problem stands in the text: its own place, or what is nearest above it. */
function offsetOf(document: Document.Parsed, { file, path, offset }: Problem): number {
  const root: (string | number)[] =
    file === 'pack.yaml' ? ['pack'] : file === 'facts.yaml' ? [] : ['programmes', Number(file)]
  const whole = [...root, ...path]
  for (let length = whole.length; length > 0; length--) {
    const part = whole.slice(0, length)
    const node = document.getIn(part, true)
    if (isNode(node) && node.range) {
      if (length < whole.length)
        return keyOffset(document, whole.slice(0, length + 1)) ?? node.range[0]
      return node.range[0] + (offset === undefined ? 0 : offset + (isQuoted(node) ? 1 : 0))
    }
  }
  return 0
}

function isQuoted(node: unknown): boolean {
  return isScalar(node) && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE')
}

/** Where a key stands whose value is nothing. */
function keyOffset(document: Document.Parsed, path: readonly (string | number)[]): number | null {
  const parent = document.getIn(path.slice(0, -1), true)
  if (!isCollection(parent)) return null
  for (const item of parent.items) {
    const key = (item as { key?: unknown }).key
    if (isScalar(key) && key.value === path.at(-1)) return key.range?.[0] ?? null
  }
  return null
}
