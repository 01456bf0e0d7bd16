/** The value of a FEEL string literal, quotes included in `raw`. */
export function unescapeString(raw: string): string {
  return raw.slice(1, -1).replace(/\\(u\{?([0-9a-fA-F]{4,6})\}?|U([0-9a-fA-F]{6})|.)/gs, (all, escape: string, u?: string, long?: string) => {
    const hex = escape.startsWith('u') ? u : escape.startsWith('U') ? long : undefined
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    const plain: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' }
    return plain[escape] ?? all
  })
}
