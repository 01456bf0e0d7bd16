import { column, type Sql } from './text.ts'
import type { Gather } from './members.ts'

/** A named column: its text, and the layer of nested queries that computes it. */
export type Definition = Readonly<{ name: string; sql: Sql; layer: number }>

/** The columns and aggregates of one stage, in the order in which they were made. */
type Stage = Readonly<{ columns: Definition[]; aggregates: Definition[] }>

/** Where the columns of a statement are gathered before it is written. */
export type Draft = Readonly<{
  stages: readonly Stage[]
  /** Stage that computes a column, or reads it from the stored rows. */
  homeOf: (name: string) => number
  /** Declares a column of the stored rows. */
  declare: (stage: number, name: string) => void
  /** Computes an expression once, as a column. */
  define: (stage: number, name: string, sql: Sql) => Sql
  /** Aggregates over the members for a stage of households. */
  gatherFor: (stage: number) => Gather
}>

export function makeDraft(): Draft {
  const stages: Stage[] = []
  const homes = new Map<string, { stage: number; layer: number }>()
  const known = new Map<string, Sql>()
  const at = (stage: number): Stage => {
    while (stages.length <= stage) stages.push({ columns: [], aggregates: [] })
    return stages[stage] ?? { columns: [], aggregates: [] }
  }
  const layerIn = (stage: number, name: string): number => {
    const home = homes.get(name)
    return home?.stage === stage ? home.layer : 0
  }
  const define: Draft['define'] = (stage, name, sql) => {
    const layer = 1 + Math.max(0, ...[...sql.refs].map((ref) => layerIn(stage, ref)))
    at(stage).columns.push({ name, sql, layer })
    homes.set(name, { stage, layer })
    return column(name)
  }
  const gatherFor: Draft['gatherFor'] = (stage) => (sql) => {
    const key = `${stage} ${sql.text}`
    const found = known.get(key)
    if (found) return found
    const name = `g${known.size}`
    at(stage).aggregates.push({ name, sql, layer: 0 })
    homes.set(name, { stage, layer: 0 })
    const made = column(name)
    known.set(key, made)
    return made
  }
  at(1)
  return {
    stages,
    homeOf: (name) => homes.get(name)?.stage ?? 0,
    declare: (stage, name) => homes.set(name, { stage, layer: 0 }),
    define,
    gatherFor,
  }
}

/** Whether a text reads only columns of the same kind of row, which later stages over them take along. */
export function isReadBy({ homeOf }: Draft, stage: number, { refs }: Sql): boolean {
  return [...refs].every((ref) => homeOf(ref) % 2 === stage % 2)
}
