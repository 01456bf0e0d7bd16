import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactTrust } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { TrustDialog } from './trust-dialog.tsx'
import { factTrustQuery } from './use-sources.ts'

/** Whose word of each fact goes first; asked for when it is opened, or when a fact is looked for. */
export function FactTrustList({ wanted }: { wanted: string }) {
  const { t, i18n } = useTranslation('exchange')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<FactTrust>()
  const { data, error, refetch } = useQuery({ ...factTrustQuery, enabled: open })
  const nameOf = ({ name, en }: FactTrust) => (i18n.language === 'en' ? en : name)
  const found = data?.items.filter((one) =>
    [one.name, one.en, one.owner ?? ''].some((text) =>
      text.toLowerCase().includes(wanted.toLowerCase()),
    ),
  )
  return (
    <details
      className="card source-card fact-trust"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('order.title')}</summary>
      <p className="muted">{t('order.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={4} /> : null}
      {found?.length === 0 ? <p className="muted">{t('empty.body')}</p> : null}
      <ul className="fact-trust-list">
        {found?.map((one) => (
          <li key={one.fact}>
            <span className="fact-trust-name">
              {nameOf(one)} {one.statedId === null ? <Chip>{t('unconfirmed')}</Chip> : null}
            </span>
            <span className="muted small">
              {one.kinds.map((kind) => t(`order.kind.${kind}`)).join(' › ')}
            </span>
            <Button
              size="small"
              aria-label={t('order.changeOf', { name: nameOf(one) })}
              onClick={() => setChosen(one)}
            >
              {t('order.change')}
            </Button>
            {one.history.length > 0 ? (
              <ol className="source-history">
                {one.history.map((past) => (
                  <li key={past.recordedAt}>
                    <Day day={past.recordedAt.slice(0, 10)} /> {past.recordedBy}：{past.because}
                    <span className="muted">
                      {past.kinds.map((kind) => t(`order.kind.${kind}`)).join(' › ')}
                    </span>
                  </li>
                ))}
              </ol>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen ? (
        <TrustDialog trust={chosen} name={nameOf(chosen)} onClose={() => setChosen(undefined)} />
      ) : null}
    </details>
  )
}
