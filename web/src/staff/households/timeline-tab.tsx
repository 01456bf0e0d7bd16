import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { leadQuery } from '../../api/lead.ts'
import type { Award, Household, Lead } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import './timeline.css'

interface Entry {
  day: string
  text: string
  by: string | null
}

/** As many fact names as one line of the timeline carries. */
const NAMES = 5

function factEntries(household: Household, t: TFunction<'households'>): Entry[] {
  const byDay = new Map<string, { names: string[]; source: string | null }>()
  for (const fact of household.facts) {
    if (!fact.verifiedOn) continue
    const key = `${fact.verifiedOn}|${fact.source ?? ''}`
    const entry = byDay.get(key) ?? { names: [], source: fact.source ?? null }
    if (!entry.names.includes(fact.name)) entry.names.push(fact.name)
    byDay.set(key, entry)
  }
  return [...byDay].map(([key, { names, source }]) => ({
    day: key.slice(0, 10),
    by: source,
    text:
      names.length > NAMES
        ? t('timeline.factMore', { names: names.slice(0, NAMES).join('、'), count: names.length })
        : t('timeline.fact', { names: names.join('、') }),
  }))
}

function awardEntries(awards: readonly Award[], t: TFunction<'households'>): Entry[] {
  return awards.flatMap((award) => {
    const programme = award.programmeName ?? award.programme
    const by = award.source ?? null
    if (award.state === 'refused') {
      return [{ day: award.from, by, text: t('timeline.refused', { programme }) }]
    }
    const start = { day: award.from, by, text: t('timeline.awardFrom', { programme }) }
    const end = award.to ? [{ day: award.to, by, text: t('timeline.awardTo', { programme }) }] : []
    return [start, ...end]
  })
}

function leadEntries(lead: Lead | undefined): Entry[] {
  return (lead?.events ?? []).map(({ at, by, text }) => ({ day: at.slice(0, 10), by, text }))
}

/** What happened to this household, newest first: facts, awards and the work on its lead. */
export function TimelineTab({ household }: { household: Household }) {
  const { t } = useTranslation('households')
  const { data: lead } = useQuery({
    ...leadQuery(household.leadId ?? 0),
    enabled: household.leadId !== null,
  })
  const entries = [
    ...factEntries(household, t),
    ...awardEntries(household.awards, t),
    ...leadEntries(lead),
  ].toSorted((one, other) => other.day.localeCompare(one.day))
  if (entries.length === 0) return <p className="muted">{t('timeline.empty')}</p>
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        <li key={`${entry.day}-${index}`}>
          <Day day={entry.day} />
          <div>
            <p>{entry.text}</p>
            {entry.by ? <p className="muted small">{entry.by}</p> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
