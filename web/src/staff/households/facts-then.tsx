import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FactsThen as Then, HouseholdFact } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { FactSection } from './fact-section.tsx'
import { factsThenQuery } from './use-household.ts'

/** What was known on a day that is past: what the answers of that day were given on, and what was received. */
export function FactsThen({ id, on }: { id: number; on: string }) {
  const { t } = useTranslation('households')
  const { data, error, refetch } = useQuery(factsThenQuery(id, on))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const { facts, members, awards } = data
  const owners = [
    { id: null, name: t('facts.household') },
    ...members.map(({ personId, name }) => ({ id: personId, name })),
  ]
  return (
    <div className="facts">
      <p className="facts-count">{t('then.lead', { day: on, count: facts.length })}</p>
      {facts.length + awards.length === 0 ? (
        <EmptyState title={t('then.nothing')} body={t('then.nothingHint')} />
      ) : null}
      {awards.length > 0 ? <AwardsThen awards={awards} owners={owners} /> : null}
      {owners.map((owner) => (
        <FactsOf
          key={owner.id ?? 'household'}
          title={owner.name}
          facts={facts.filter((fact) => fact.personId === owner.id)}
        />
      ))}
    </div>
  )
}

type Owner = Readonly<{ id: number | null; name: string }>

function AwardsThen({ awards, owners }: { awards: Then['awards']; owners: readonly Owner[] }) {
  const { t } = useTranslation('households')
  return (
    <FactSection
      title={t('then.awards')}
      headings={{
        programme: t('then.programme'),
        whose: t('then.whose'),
        state: t('then.state'),
        source: t('facts.source'),
        since: t('then.since'),
      }}
    >
      {awards.map((award) => (
        <tr key={`${award.programme} ${award.personId} ${award.from}`}>
          <th scope="row">{award.programmeName}</th>
          <td>{owners.find((owner) => owner.id === award.personId)?.name}</td>
          <td>{t(`then.states.${award.state}`)}</td>
          <td className="muted">{award.source}</td>
          <td>
            <Day day={award.from} />
          </td>
        </tr>
      ))}
    </FactSection>
  )
}

function FactsOf({ title, facts }: { title: string; facts: readonly HouseholdFact[] }) {
  const { t } = useTranslation(['households', 'words'])
  if (facts.length === 0) return null
  return (
    <FactSection
      title={title}
      headings={{
        fact: t('facts.fact'),
        value: t('facts.value'),
        source: t('facts.source'),
        day: t('facts.day'),
      }}
    >
      {facts.map((fact) => (
        <tr key={fact.fact}>
          <th scope="row">{fact.name}</th>
          <td className="number">
            {fact.state === 'known-none' ? t('words:none') : fact.valueText}
          </td>
          <td className="muted">{fact.source}</td>
          <td>{fact.verifiedOn ? <Day day={fact.verifiedOn} /> : null}</td>
        </tr>
      ))}
    </FactSection>
  )
}
