import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DeliveredRow, DeliveryPage } from '../../api/views.ts'
import { EmptyState, ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { ExportButton } from '../exports/export-button.tsx'
import { rowsQuery, useDecide } from './use-deliveries.ts'

const size = 50

/** Rows that wait for somebody, and those that were refused, each with its reason. */
export function DeliveredRows({ delivery }: { delivery: DeliveryPage }) {
  const { t } = useTranslation('deliveries')
  const { after = '0', outcome = 'held' }: { after?: string; outcome?: string } = useSearch({
    from: '/frame/deliveries/$deliveryId',
  })
  const navigate = useNavigate({ from: '/deliveries/$deliveryId' })
  const { data, error, refetch } = useQuery(rowsQuery(delivery.id, Number(after), outcome))
  const show = (next: { after?: string; outcome?: string }) =>
    void navigate({ search: { outcome, ...next }, replace: true })
  const last = data?.at(-1)?.row
  return (
    <section className="card delivery-rows" aria-label={t('rowsTitle')}>
      <div className="delivery-rows-head">
        <Segmented
          value={outcome}
          onChange={(value) => show({ outcome: value })}
          options={[
            ...(['held', 'refused'] as const).map((value) => ({
              value,
              label: `${t(`became.${value}`)} ${delivery[value].toLocaleString()}`,
            })),
            ...(delivery.roll?.complete
              ? [{ value: 'absent', label: `${t('absent')} ${delivery.ending ?? 0}` }]
              : []),
          ]}
        />
        <ExportButton
          label={t('export')}
          list="delivery"
          filters={{ delivery: String(delivery.id) }}
        />
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data?.length === 0 ? <EmptyState title={t('noRows.title')} body={t('noRows.body')} /> : null}
      <ul className="delivery-row-list">
        {data?.map((row) => (
          <Row key={row.row} delivery={delivery} row={row} />
        ))}
      </ul>
      <div className="delivery-pages">
        {after !== '0' ? <Button onClick={() => show({})}>{t('first')}</Button> : null}
        {data?.length === size && last !== undefined ? (
          <Button onClick={() => show({ after: String(last) })}>{t('more')}</Button>
        ) : null}
      </div>
    </section>
  )
}

function Row({ delivery: { id, state }, row }: { delivery: DeliveryPage; row: DeliveredRow }) {
  const { t, i18n } = useTranslation('deliveries')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const decide = useDecide(id)
  const settle = (decision: 'apply' | 'leave') =>
    decide.mutate(
      { row: row.row, decision },
      { onError: (failure) => void message.warning(problemText(failure)) },
    )
  const open = state === 'checked' || state === 'applied'
  const { reason } = row
  const absent = reason === 'absent-from-roll'
  const leave = row.outcome === 'refused' ? 'leaveUnread' : absent ? 'leaveStanding' : 'leave'
  const known = reason !== null && i18n.exists(`deliveries:reason.${reason}`)
  return (
    <li className="delivery-row">
      <span className="number delivery-row-number">
        {absent ? (row.name ?? t('absent')) : t('row', { row: row.row })}
      </span>
      <span className="delivery-row-words">
        {row.column ? <strong>{row.column}：</strong> : null}
        {known ? t(`reason.${reason as 'not-on-record'}`) : reason}
        {row.said ? <span className="muted"> “{row.said}”</span> : null}
        {row.nameSaid ? (
          <span className="muted">
            {' '}
            {t('names', { said: row.nameSaid, known: row.name ?? '—' })}
          </span>
        ) : null}
      </span>
      {open ? (
        <span className="delivery-row-steps">
          {row.mayBeTaken ? (
            <Button size="small" loading={decide.isPending} onClick={() => settle('apply')}>
              {t('take')}
            </Button>
          ) : null}
          {row.mayBeLeft ? (
            <Button size="small" type="text" onClick={() => settle('leave')}>
              {t(leave)}
            </Button>
          ) : null}
        </span>
      ) : null}
    </li>
  )
}
