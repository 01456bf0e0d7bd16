/** One line of PostgreSQL's COPY text format. */
export function copyLine(row: readonly (string | number | boolean | null)[]): string {
  let line = ''
  for (const [at, cell] of row.entries()) {
    if (at > 0) line += '\t'
    line += cell === null ? '\\N' : typeof cell === 'string' ? escaped(cell) : String(cell)
  }
  return `${line}\n`
}

/** Bytes as COPY text takes them. */
export function copyBytes(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(
        /[\\\t\n\r]/g,
        (mark) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[mark] ?? mark,
      )
    : text
}
