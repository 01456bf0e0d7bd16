import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AskedFact, AskedHousehold } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { askedHouseholdsQuery, useQuestionsSearch } from './use-questions.ts'

/** For whom a fact is worth asking, those first whom it promises most. */
export function AskedHouseholds({ item }: { item: AskedFact }) {
  const { t } = useTranslation('questions')
  const { search } = useQuestionsSearch()
  const { data, error, refetch } = useQuery(askedHouseholdsQuery(search, item))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={4} />
  return (
    <section className="asked-households" aria-label={t('of')}>
      <ul>
        {data.items.map((one) => (
          <li key={`${one.householdId}-${one.member ?? ''}`}>
            <HouseholdLine one={one} />
          </li>
        ))}
      </ul>
      {data.total > data.items.length ? (
        <p className="muted small">{t('more', { shown: data.items.length, total: data.total })}</p>
      ) : null}
    </section>
  )
}

function HouseholdLine({ one }: { one: AskedHousehold }) {
  const { t } = useTranslation('questions')
  const place = [one.area.township, shortAreaName(one.area.name)].filter(Boolean).join(' ')
  return (
    <>
      <Link
        to="/households/$householdId"
        params={{ householdId: String(one.householdId) }}
        className="asked-household-link"
      >
        {one.member ?? t('household', { head: one.head })}
      </Link>
      <span className="muted small number">{one.registerNo}</span>
      <span className="muted small">{place}</span>
      <Chip>{t(`because.${one.because}`)}</Chip>
      <span className="muted small">{one.programmes.map(({ name }) => name).join('、')}</span>
    </>
  )
}
