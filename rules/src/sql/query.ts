import type { Definition, Draft } from './draft.ts'

/** Where the wide current rows are: anything that may stand in FROM. */
export type Tables = Readonly<{ household: string; person: string }>

/** A stage as it will be written: only what something reads. */
export type Query = Readonly<{
  stage: number
  columns: readonly Definition[]
  aggregates: readonly Definition[]
  /** Columns that it takes from earlier stages or from the stored rows. */
  taken: ReadonlySet<string>
  /** What later stages and the answer read of it. */
  given: ReadonlySet<string>
}>

export function isOfPersons(stage: number): boolean {
  return stage % 2 === 0
}

/** The last stage over persons, or households, before a stage. */
function lastBefore(draft: Draft, stage: number, ofPersons: boolean): number {
  for (let at = stage - 1; at > 1; at--) {
    const { columns = [], aggregates = [] } = draft.stages[at] ?? {}
    if (isOfPersons(at) === ofPersons && columns.length + aggregates.length > 0) return at
  }
  return ofPersons ? 0 : 1
}

/** The stage from which another reads a column that it does not compute. */
function giverOf(draft: Draft, name: string, stage: number): number {
  return lastBefore(draft, stage, isOfPersons(draft.homeOf(name)))
}

type Answer = Readonly<{ isPerson: boolean; refs: readonly string[] }>

/** Every stage with what is read of it, worked out from the answer backwards. */
export function queriesOf(draft: Draft, answers: readonly Answer[]): Query[] {
  const end = draft.stages.length
  const given = draft.stages.map(() => new Set<string>())
  for (const { isPerson, refs } of answers)
    for (const name of refs) given[lastBefore(draft, end, isPerson)]?.add(name)
  const queries: Query[] = []
  for (let stage = end - 1; stage >= 0; stage--) {
    if (lastBefore(draft, stage + 1, isOfPersons(stage)) !== stage) continue
    const query = queryOf(draft, stage, given[stage] ?? new Set())
    queries.unshift(query)
    for (const name of query.taken)
      if (draft.homeOf(name) !== stage) given[giverOf(draft, name, stage)]?.add(name)
    for (const { sql } of query.aggregates)
      for (const name of sql.refs) given[lastBefore(draft, stage, true)]?.add(name)
  }
  return queries
}

function queryOf(draft: Draft, stage: number, given: ReadonlySet<string>): Query {
  const { columns = [], aggregates = [] } = draft.stages[stage] ?? {}
  const needed = new Set(given)
  const kept: Definition[] = []
  for (const column of columns.toReversed()) {
    if (!needed.has(column.name)) continue
    kept.unshift(column)
    for (const name of column.sql.refs) needed.add(name)
  }
  const isOwn = new Set([...columns, ...aggregates].map(({ name }) => name))
  return {
    stage,
    columns: kept,
    aggregates: aggregates.filter(({ name }) => needed.has(name)),
    taken: new Set([...needed].filter((name) => !isOwn.has(name))),
    given,
  }
}

/** The stages that a query reads; one that it reads twice stands there twice. */
export function sourcesOf(draft: Draft, { stage, taken, aggregates }: Query): number[] {
  const before = (ofPersons: boolean): number => lastBefore(draft, stage, ofPersons)
  const others = isOfPersons(stage)
    ? [...taken].some((name) => !isOfPersons(draft.homeOf(name)))
    : aggregates.length > 0
  return [
    ...(stage > 1 ? [before(isOfPersons(stage))] : []),
    ...(others ? [before(!isOfPersons(stage))] : []),
  ]
}

/**
 * Nested queries, one a layer. OFFSET 0 keeps the planner from writing the text of a column
 * wherever it is read, which would make the statement grow exponentially.
 */
export function queryText(draft: Draft, query: Query, tables: Tables): string {
  const ids = isOfPersons(query.stage) ? ['person_id', 'household_id'] : ['household_id']
  const layers = Math.max(1, ...query.columns.map(({ layer }) => layer))
  let from = fromText(draft, query, tables)
  const known = new Set([...query.taken, ...query.aggregates.map(({ name }) => name)])
  for (let layer = 1; layer <= layers; layer++) {
    const own = query.columns.filter((column) => column.layer === layer)
    const later = new Set(query.given)
    for (const { sql, layer: at } of query.columns)
      if (at > layer) for (const name of sql.refs) later.add(name)
    const carried = [...known].filter((name) => later.has(name))
    const list = [...ids, ...carried, ...own.map(({ name, sql }) => `${sql.text} as ${name}`)]
    const text = `select ${list.join(', ')}\nfrom ${from}`
    if (layer === layers) return text
    from = `(${text} offset 0) l${layer}`
    for (const { name } of own) known.add(name)
  }
  return ''
}

function fromText(draft: Draft, query: Query, tables: Tables): string {
  const { stage, aggregates } = query
  const ofPersons = isOfPersons(stage)
  const own =
    stage > 1
      ? `s${lastBefore(draft, stage, ofPersons)}`
      : ofPersons
        ? tables.person
        : tables.household
  if (ofPersons)
    return sourcesOf(draft, query).length > 1
      ? `${own} join s${lastBefore(draft, stage, false)} using (household_id)`
      : own
  if (aggregates.length === 0) return own
  const list = aggregates.map(({ name, sql }) => `${sql.text} as ${name}`)
  return `${own} join (select household_id, ${list.join(', ')}
    from s${lastBefore(draft, stage, true)} group by household_id) g using (household_id)`
}
