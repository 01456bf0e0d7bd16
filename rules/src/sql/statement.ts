import type { TargetEntity } from '../pack.ts'
import type { Draft } from './draft.ts'
import { isOfPersons, type Query, queriesOf, queryText, sourcesOf, type Tables } from './query.ts'
import type { TargetAnswer } from './targets.ts'

/** Names of the columns of one target in the answer; null where its tiers compute no amount. */
export type TargetNames = Readonly<{
  entity: TargetEntity
  verdict: string
  kind: string
  min: string | null
  max: string | null
}>

/** A target's answer with the names under which it is given. */
export type Answered = Readonly<{ names: TargetNames; answer: TargetAnswer }>

/**
 * One statement: a common table expression a stage, and at the end the rows of all households
 * (person_id NULL) and of all persons. A column that is of the other kind of row is NULL.
 *
 * Stages that are kept are kept in the order of households. Rows lie about in that order, so sorting
 * them costs little, and grouping and joining by merging is then cheaper than by hashing.
 */
export function statementOf(draft: Draft, tables: Tables, answered: readonly Answered[]): string {
  const queries = queriesOf(
    draft,
    answered.map(({ names, answer }) => ({
      isPerson: names.entity === 'person',
      refs: Object.values(answer).flatMap((text) => (text === null ? [] : [...text.refs])),
    })),
  )
  const answering = [false, true].map((isPerson) => lastOf(queries, isPerson))
  const reads = [...queries.flatMap((query) => sourcesOf(draft, query)), ...answering]
  const stages = queries.map((query) => {
    // What is read once need not be kept.
    const kept = reads.filter((stage) => stage === query.stage).length > 1
    const how = kept ? 'materialized' : 'not materialized'
    const order = kept ? ' order by household_id' : ''
    return `s${query.stage} as ${how} (\n${queryText(draft, query, tables)}${order} offset 0)`
  })
  const rows = [false, true].map((isPerson) => {
    const who = isPerson ? 'person_id' : 'null::bigint as person_id'
    const columns = answered.flatMap((one) => answerList(one, isPerson))
    return `select ${['household_id', who, ...columns].join(', ')}\nfrom s${lastOf(queries, isPerson)}`
  })
  return `with ${stages.join(',\n')}\n${rows.join('\nunion all ')}`
}

function lastOf(queries: readonly Query[], isPerson: boolean): number {
  return queries.findLast(({ stage }) => isOfPersons(stage) === isPerson)?.stage ?? 0
}

const types = { verdict: 'smallint', kind: 'smallint', min: 'float8', max: 'float8' } as const

function answerList({ names, answer }: Answered, ofPersons: boolean): string[] {
  const isOwn = (names.entity === 'person') === ofPersons
  return (['verdict', 'kind', 'min', 'max'] as const).flatMap((key) => {
    const [name, text] = [names[key], answer[key]]
    if (name === null || text === null) return []
    return [`${isOwn ? `(${text.text})` : 'null'}::${types[key]} as ${name}`]
  })
}
