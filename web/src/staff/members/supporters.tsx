import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Supporter } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { EndSupportDialog, SupporterDialog } from './supporter-dialogs.tsx'
import { supportersQuery } from './use-supporters.ts'

/** 义务人: who owes the members support by law; looked at, and noted in the log, only when it is opened. */
export function Supporters({ household }: { household: Household }) {
  const { t } = useTranslation('members')
  const [open, setOpen] = useState(false)
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Supporter | null>(null)
  const { data, error, refetch } = useQuery({ ...supportersQuery(household.id), enabled: open })
  const mayWrite = household.may.includes('record-fact')
  const nameOf = (id: number) => household.members.find(({ personId }) => personId === id)?.name
  return (
    <details className="supporters" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('supporters.title')}</summary>
      <p className="muted small">{t('supporters.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      {data?.items.length === 0 ? <p className="muted">{t('supporters.empty')}</p> : null}
      <ul>
        {data?.items.map((one) => (
          <li key={one.id}>
            <span>
              <Chip>{t(`supporters.kind.${one.kind}`)}</Chip> <Named supporter={one} />
              <span className="muted">
                {' '}
                {t('supporters.of', {
                  relation: relationIn(t, one.relation),
                  name: nameOf(one.personId),
                })}
              </span>
            </span>
            <span className="muted small">
              <Day day={one.from} />{' '}
              {one.to ? (
                <>
                  — <Day day={one.to} /> {one.endedBecause}
                </>
              ) : (
                t('supporters.now')
              )}{' '}
              · {one.source}
            </span>
            {mayWrite && !one.to ? (
              <Button size="small" onClick={() => setEnding(one)}>
                {t('supporters.end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('supporters.add')}
        </Button>
      ) : null}
      <SupporterDialog household={household} open={adding} onClose={() => setAdding(false)} />
      <EndSupportDialog household={household} supporter={ending} onClose={() => setEnding(null)} />
    </details>
  )
}

function Named({ supporter }: { supporter: Supporter }) {
  const { t } = useTranslation('members')
  const { name, householdId } = supporter
  if (!name) return <span className="muted">{t('supporters.outOfSight')}</span>
  if (householdId === null) return <strong>{name}</strong>
  return (
    <Link to="/households/$householdId" params={{ householdId: String(householdId) }}>
      {name}
    </Link>
  )
}

const SUPPORT_RELATIONS = ['10', '20', '30', '50', '60', '70'] as const

/** As the form offers them; another code stays as it is. */
function relationIn(t: ReturnType<typeof useTranslation<'members'>>['t'], code: string): string {
  const known = SUPPORT_RELATIONS.find((one) => one === code)
  return known ? t(`supporters.relation.${known}`) : code
}
