import type { Draft } from './draft.ts'
import { type Query, queriesOf, queryText, sourcesOf } from './query.ts'
import type { TargetNames } from './targets.ts'
import { isOfPersons, type Tables } from './query.ts'

type Answered = Readonly<{ isPerson: boolean; names: TargetNames }>

/**
 * One statement: a common table expression a stage, and at the end the rows of all households
 * (person_id NULL) and of all persons. A column that is of the other kind of row is NULL.
 */
export function statementOf(draft: Draft, tables: Tables, answered: readonly Answered[]): string {
  const queries = queriesOf(
    draft,
    answered.map(({ isPerson, names }) => ({
      isPerson,
      names: Object.values(names).filter((name) => name !== null),
    })),
  )
  const answering = [false, true].map((isPerson) => lastOf(queries, isPerson))
  const reads = [...queries.flatMap((query) => sourcesOf(draft, query)), ...answering]
  const stages = queries.map((query) => {
    // What is read once need not be kept.
    const kept = reads.filter((stage) => stage === query.stage).length > 1
    const how = kept ? 'materialized' : 'not materialized'
    return `s${query.stage} as ${how} (\n${queryText(draft, query, tables)})`
  })
  const rows = [false, true].map((isPerson) => {
    const who = isPerson ? 'person_id' : 'null::bigint as person_id'
    const columns = answered.flatMap((one) => answerList(one, isPerson))
    return `select ${['household_id', who, ...columns].join(', ')} from s${lastOf(queries, isPerson)}`
  })
  return `with ${stages.join(',\n')}\n${rows.join('\nunion all ')}`
}

function lastOf(queries: readonly Query[], isPerson: boolean): number {
  return queries.findLast(({ stage }) => isOfPersons(stage) === isPerson)?.stage ?? 0
}

function answerList({ isPerson, names }: Answered, ofPersons: boolean): string[] {
  const column = (name: string | null, type: string): string[] =>
    name === null ? [] : [isPerson === ofPersons ? name : `null::${type} as ${name}`]
  const { verdict, kind, min, max } = names
  return [
    ...column(verdict, 'int'),
    ...column(kind, 'int'),
    ...column(min, 'float8'),
    ...column(max, 'float8'),
  ]
}
