/** The value of a FEEL string literal, quotes included in `raw`. */
export function unescapeString(raw: string): string {
  return raw
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{6})|(.))/gs, unescapeOne)
}

/** What FEEL does not know as an escape stays as written, so that `"\d"` may be a pattern. */
function unescapeOne(all: string, ...groups: readonly (string | undefined)[]): string {
  const [four, braced, six, letter = ''] = groups
  const hex = four ?? braced ?? six
  if (hex !== undefined) {
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  }
  const plain: Record<string, string> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '"': '"',
    "'": "'",
    '\\': '\\',
  }
  return plain[letter] ?? all
}
