/**
 * A source as people may read it: title, day, address, and a word where no office stands behind it.
 *
 * A line of a pack may hold the editor's own words beside these, such as how figures were checked
 * against each other. A line without a foreign word is shown as it is; of any other only what can
 * be told apart from such words.
 *
 * @param text a line of `sources` in pack.yaml
 */
export function sourceText(text: string): string {
  if (!/[A-Za-z]/.test(text.replace(address, ''))) return text
  const said = text.replace(/\s*\([^()]*\)/g, ' ')
  const addresses = said.match(address) ?? []
  const days = said.match(/\d{4}-\d{2}-\d{2}/g) ?? []
  // Of several days, or of one up to which something holds, none is known to be that of the source.
  const day = days.length === 1 && !/\b(valid|to|until)\b/.test(said) ? days[0] : undefined
  const title = (said.replace(address, ' ').match(/[^\s;,+]+/g) ?? []).filter(isChinese).join(' ')
  const official = /\bgov\.cn\b/.test(said) || /〔\d{4}〕/.test(said)
  return [title, day, addresses.join('、'), official ? '' : '第三方页面，未见官方文本']
    .filter(Boolean)
    .join('，')
}

/** A host with or without a path, as written without its protocol. */
const address = /(?:[a-z0-9-]+\.)+(?:com|net|org|cn|cc|sh|html)\b(?:\/[^\s,;，；()]*)?/gi

function isChinese(word: string): boolean {
  return /[㐀-鿿]{2}/.test(word) && !/[A-Za-z]/.test(word)
}
