/** A sheet that spreadsheet programs open: UTF-8 with its mark, one line a row, ends as RFC 4180 has them. */
export function csvSheet(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** A cell that begins like a formula is told apart: what people wrote must never be calculated. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
