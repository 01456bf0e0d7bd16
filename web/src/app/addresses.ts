/** Addresses stay plain: every search value is a string, empty ones are left out. */
export type PlainSearch = Record<string, string>

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function readSearch(search: string): PlainSearch {
  return Object.fromEntries(new URLSearchParams(search))
}

export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    const text = plain(value)
    if (text) params.set(key, text)
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
    const text = plain(value)
    if (text) picked[key] = text
  }
  return picked
}

/** What the address of the worklist, and of the audit log, may hold. */
export const LEAD_SEARCH = [
  'area',
  'programme',
  'verdict',
  'due',
  'state',
  'assignee',
  'sort',
  'order',
  'page',
  'open',
] as const

/** What the address of the warnings may hold. */
export const WARNING_SEARCH = [
  'tab',
  'state',
  'severity',
  'topic',
  'group',
  'area',
  'due',
  'days',
  'page',
] as const

export const AUDIT_SEARCH = [
  'who',
  'action',
  'household',
  'lead',
  'from',
  'to',
  'request',
  'address',
  'before',
] as const
