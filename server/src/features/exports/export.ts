/** A list of people is taken along as a file: asked for with a purpose, allowed by another above a limit. 导出 */
export type ExportState = 'waiting' | 'refused' | 'expired' | 'ready'

/** What somebody may take a list along for, as purposes.yaml says it. */
export type Purpose = Readonly<{ id: string; name: string; en: string; note?: true }>

/** A column as somebody is shown it: as it is, as it is in the committees they have a duty for, or masked. */
export type ShownColumn = Readonly<{ name: string; shown: 'clear' | 'duty' }>

export type Rules = Readonly<{
  /** Up to how many rows nobody else is asked. */
  limitRows: number
  /** The same of all that one account takes along in a day. */
  dayRows: number
  /** For how long it may be fetched. */
  hours: number
}>

/** What an export stands on; instants in milliseconds. */
export type Standing = Readonly<{
  counted: number
  limitRows: number
  approved: boolean | null
  askedAt: number
  decidedAt: number | null
  hours: number
}>

/**
 * Up to how many rows nobody else is asked, of one export: what the day has left, at most.
 *
 * @param takenToday rows that the account asked for since the day began and nobody has to allow any more
 */
export function limitOf(
  { limitRows, dayRows }: Pick<Rules, 'limitRows' | 'dayRows'>,
  takenToday: number,
): number {
  return Math.max(0, Math.min(limitRows, dayRows - takenToday))
}

export function needsApproval({ counted, limitRows }: Pick<Standing, 'counted' | 'limitRows'>) {
  return counted > limitRows
}

/** Until when it may be fetched, in milliseconds: from when it was approved, or asked for where nobody had to. */
export function untilOf({ askedAt, decidedAt, hours }: Standing): number {
  return (decidedAt ?? askedAt) + hours * 3_600_000
}

/** The database says the same in `app.export_state`. */
export function stateOf(one: Standing, now: number): ExportState {
  if (needsApproval(one) && one.approved === null) return 'waiting'
  if (one.approved === false) return 'refused'
  return now < untilOf(one) ? 'ready' : 'expired'
}

/** How many rows a file may hold: what was approved may have grown by a tenth. */
export function mostRowsOf(one: Pick<Standing, 'counted' | 'limitRows'>): number {
  return needsApproval(one) ? one.counted + Math.floor(one.counted / 10) : one.limitRows
}

/** What is wrong with a stated purpose, or `undefined`. */
export function purposeProblem(
  purposes: readonly Purpose[],
  { purpose, note }: Readonly<{ purpose: string; note: string | null }>,
): { path: string; message: string } | undefined {
  const found = purposes.find(({ id }) => id === purpose)
  if (!found) return { path: '/body/purpose', message: '请从用途列表中选择' }
  if (found.note && (note === null || note.length < 2))
    return { path: '/body/note', message: '这项用途要写明具体事由' }
  return undefined
}

/** The last line of a file; a line that begins so is no row (decision 31). */
export function watermarkOf(
  one: Readonly<{ id: number; by: string; area: string; at: string; purpose: string }>,
): string {
  return `# 导出第 ${one.id} 号 ${one.area} ${one.by} ${one.at}。仅供“${one.purpose}”使用，不得外传。`
}

export function fileName(list: string, id: number): string {
  return `${list}-${id}.csv`
}
