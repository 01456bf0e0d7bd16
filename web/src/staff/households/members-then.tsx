import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Composition, Household } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { compositionQuery } from '../members/use-members.ts'
import './members.css'

/** Who lived here on a day that is past, by what is on record now, and who collected what was paid. */
export function MembersThen({ household, on }: { household: Household; on: string }) {
  const { t } = useTranslation('members')
  const { data, error, refetch } = useQuery(compositionQuery(household.id, on))
  return (
    <section className="members" aria-labelledby="members">
      <div className="members-head">
        <h2 id="members">
          {t('then')} <Day day={on} />
        </h2>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data?.members.length === 0 ? (
        <EmptyState title={t('nobodyThen')} body={t('nobodyThenHint')} />
      ) : null}
      <ul tabIndex={0} aria-labelledby="members">
        {data?.members.map((member) => (
          <li key={member.personId} className="card member">
            <MemberThen
              member={member}
              collects={data.collectors.some(({ personId }) => personId === member.personId)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface MemberThenProps {
  member: Composition['members'][number]
  collects: boolean
}

function MemberThen({ member, collects }: MemberThenProps) {
  const { t } = useTranslation('members')
  const { name, relationName, from, to, endedBecauseName, source } = member
  return (
    <>
      <div className="member-name">
        <strong>{name || t('supporters.outOfSight')}</strong>
        <span className="muted">{relationName}</span>
      </div>
      <p className="number">
        <Day day={from} /> — {to ? <Day day={to} /> : t('supporters.now')}
        {endedBecauseName ? <span> {endedBecauseName}</span> : null}
      </p>
      {collects ? <p>{t('collector')}</p> : null}
      {source ? (
        <p className="muted small">
          {t('source')}：{source}
        </p>
      ) : null}
    </>
  )
}
