/** What the canonical form knows: text, whole numbers, nothing. */
export type Named = readonly (readonly [name: string, value: string | null])[]

/**
 * Bytes of named values in a fixed order, the same for whoever writes them in whatever language: a line of
 * title, then each value as `name length`, a line feed, its UTF-8 bytes and a line feed; a null is `name -`.
 * The length says where a value ends, so none can pass for another.
 */
export function canonicalBytes(title: string, values: Named): Buffer {
  let text = `${title}\n`
  for (const [name, value] of values)
    text += value === null ? `${name} -\n` : `${name} ${Buffer.byteLength(value)}\n${value}\n`
  return Buffer.from(text)
}

/** Keeps a number as it was written, which a double could not. */
class Digits {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * JSON without a choice left: no space, keys by their UTF-16 units, strings as ECMAScript's
 * `JSON.stringify` has them, numbers as plain decimals without a needless zero.
 *
 * @throws SyntaxError for text that is no JSON
 */
export function canonicalJson(text: string): string {
  const reviver = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? new Digits(plainDecimal(context?.source ?? String(value))) : value
  return written(JSON.parse(text, reviver as (key: string, value: unknown) => unknown))
}

function written(value: unknown): string {
  if (value instanceof Digits) return value.text
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1))
  return `{${pairs.map(([key, inner]) => `${JSON.stringify(key)}:${written(inner)}`).join(',')}}`
}

/** `-1.50e2` → `-150`; `0.10` → `0.1`; `-0` → `0`. */
export function plainDecimal(source: string): string {
  const [, sign = '', whole = '', part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? []
  const point = whole.length + Number(power)
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${part}`
  const at = Math.max(point, 1)
  const before = digits
    .padEnd(at, '0')
    .slice(0, at)
    .replace(/^0+(?=\d)/, '')
  const after = digits.slice(at).replace(/0+$/, '')
  const magnitude = after === '' ? before : `${before}.${after}`
  return magnitude === '0' ? '0' : `${sign}${magnitude}`
}
