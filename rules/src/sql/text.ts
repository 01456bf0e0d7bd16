/** A piece of SQL with the columns it reads: what those are decides where it can be computed. */
export type Sql = Readonly<{
  text: string
  refs: ReadonlySet<string>
  /** Operators and columns in it: what it costs to write it out again. */
  size: number
}>

const nothing: ReadonlySet<string> = new Set()

/** SQL put together from pieces; strings go in as they are and must be our own. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | string)[]): Sql {
  let [text, size] = [strings[0] ?? '', 1]
  const refs = new Set<string>()
  parts.forEach((part, i) => {
    text += (typeof part === 'string' ? part : part.text) + (strings[i + 1] ?? '')
    if (typeof part === 'string') return
    size += part.size
    for (const ref of part.refs) refs.add(ref)
  })
  return { text, refs, size }
}

/** A column by its name. */
export function column(name: string): Sql {
  return { text: name, refs: new Set([name]), size: 1 }
}

/** Text that reads no column. */
export function constant(text: string): Sql {
  return { text, refs: nothing, size: 0 }
}

/** Pieces one after the other. */
export function joined(parts: readonly Sql[], separator: string): Sql {
  return {
    text: parts.map(({ text }) => text).join(separator),
    refs: new Set(parts.flatMap(({ refs }) => [...refs])),
    size: parts.reduce((size, part) => size + part.size, parts.length - 1),
  }
}

/**
 * A number of the intermediate form. float8 holds every integer that a pack may reach (below 2^53)
 * exactly, adds and compares as fast as bigint, sums without numeric, and knows infinity.
 */
export function float(x: number): Sql {
  if (x === Infinity) return constant(`'Infinity'::float8`)
  if (x === -Infinity) return constant(`'-Infinity'::float8`)
  return constant(x < 0 ? `(${x})::float8` : `${x + 0}::float8`)
}

/** A string literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
