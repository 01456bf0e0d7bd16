import type { Pack, Way } from '@qiao/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Because } from './question.ts'

/** Which of the questions in sight somebody looks at. */
export type QuestionFilters = Readonly<{
  /** An area and everything inside it. */
  area?: string
  way?: Way
  programme?: string
  because?: Because
}>

/** What of the pack the lists need. */
export type Words = Pick<Pack, 'facts' | 'programmes'>

/** Questions of households that have not changed since: another answer may have come in meanwhile. */
export const current = sql`app.question
  join app.household on household.id = question.household_id and household.version = question.version`

/** The filters as a condition on `question`; a facet is counted with all filters but its own. */
export function matching(
  filters: QuestionFilters,
  except?: keyof QuestionFilters,
): RawBuilder<unknown> {
  const { area, way, programme, because } = filters
  const parts: Readonly<Record<keyof QuestionFilters, RawBuilder<unknown> | null>> = {
    area: area ? sql`question.area_id >= ${area} and question.area_id < ${`${area}:`}` : null,
    way: way ? sql`question.way = ${way}` : null,
    programme: programme ? sql`${programme} = any(question.programmes)` : null,
    because: because ? sql`question.because = ${because}` : null,
  }
  const kept = Object.entries(parts).flatMap(([key, part]) =>
    part && key !== except ? [part] : [],
  )
  return sql.join([sql`true`, ...kept], sql` and `)
}

/** What is expected of one question, or of many together; null where nobody can say. */
export type Expected = { decided: number; found: number | null; certainFen: number | null }

/** Two digits of what is expected, fen whole. */
export function expected({ decided, found, certainFen }: Expected): Expected {
  const rounded = (n: number) => Math.round(n * 100) / 100
  return {
    decided: rounded(decided),
    found: found === null ? null : rounded(found),
    certainFen: certainFen === null ? null : Math.round(certainFen),
  }
}

/** Programmes by id with what they are called. */
export function named(
  { programmes }: Words,
  ids: readonly string[],
): { id: string; name: string }[] {
  return ids.map((id) => ({ id, name: programmes.find((one) => one.id === id)?.name ?? id }))
}
