/** Addresses stay plain: every search value is a string, empty ones are left out. */
export type PlainSearch = Record<string, string>

export function readSearch(search: string): PlainSearch {
  return Object.fromEntries(new URLSearchParams(search))
}

export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

/** Keeps the named search values that are present, as strings. */
export function pickSearch<K extends string>(
  search: Record<string, unknown>,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const picked: Partial<Record<K, string>> = {}
  for (const key of keys) {
    const value = search[key]
    if (value !== undefined && value !== null && value !== '') picked[key] = String(value)
  }
  return picked
}
