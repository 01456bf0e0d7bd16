import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { RegisteredPlaceDialog } from './registered-place-dialog.tsx'
import { registeredPlacesQuery } from './use-registered-places.ts'

/** 户籍地: where the members are and were registered; looked at, and noted in the log, only when it is opened. */
export function RegisteredPlaces({ household }: { household: Household }) {
  const { t } = useTranslation('members')
  const [open, setOpen] = useState(false)
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery({
    ...registeredPlacesQuery(household.id),
    enabled: open,
  })
  const nameOf = (id: number) => household.members.find(({ personId }) => personId === id)?.name
  return (
    <details className="supporters" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('hukou.title')}</summary>
      <p className="muted small">{t('hukou.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      {data?.items.length === 0 ? <p className="muted">{t('hukou.empty')}</p> : null}
      <ul>
        {data?.items.map((one) => (
          <li key={`${one.personId} ${one.from} ${one.supersededAt}`}>
            <span>
              <strong>{nameOf(one.personId)}</strong>{' '}
              {one.supersededAt ? (
                <>
                  <s>{one.place}</s> <span className="muted">{t('hukou.corrected')}</span>
                </>
              ) : (
                one.place
              )}
            </span>
            <span className="muted small">
              <Day day={one.from} /> — {one.to ? <Day day={one.to} /> : t('hukou.now')} ·{' '}
              {one.source}
              {one.evidence ? ` · ${one.evidence}` : null}
            </span>
          </li>
        ))}
      </ul>
      {household.may.includes('record-fact') && data ? (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('hukou.add')}
        </Button>
      ) : null}
      <RegisteredPlaceDialog
        household={household}
        townships={data?.townships ?? []}
        open={adding}
        onClose={() => setAdding(false)}
      />
    </details>
  )
}
