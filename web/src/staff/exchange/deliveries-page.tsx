import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { RollLine } from './roll-line.tsx'
import { SendForm } from './send-form.tsx'
import { deliveriesQuery, type DeliverySearch } from './use-deliveries.ts'
import { sourcesQuery } from './use-sources.ts'
import './deliveries.css'

const SHOWN = ['received', 'checked', 'applied', 'undone', 'failed', 'discarded'] as const

/** What was delivered, and where the next file is handed in. */
export function DeliveriesPage() {
  const { t } = useTranslation('deliveries')
  const search: DeliverySearch = useSearch({ from: '/frame/deliveries' })
  const navigate = useNavigate({ from: '/deliveries' })
  const [sending, setSending] = useState(false)
  const { data, error, refetch } = useQuery(deliveriesQuery(search))
  const { data: sources } = useQuery(sourcesQuery)
  const show = (next: DeliverySearch) => {
    const kept = Object.entries(next).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(kept), replace: true })
  }
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={t('lead')}
        action={
          <Button type="primary" onClick={() => setSending(true)} disabled={sending}>
            {t('send')}
          </Button>
        }
      />
      {sending ? (
        <SendForm sources={sources?.items ?? []} onDone={() => setSending(false)} />
      ) : null}
      <div className="deliveries-tools">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('source')}
          placeholder={t('allSources')}
          value={search.source ?? null}
          options={sources?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={(source: string | null | undefined) =>
            show({ ...search, page: '', source: source ?? '' })
          }
        />
        <Select
          allowClear
          aria-label={t('stateOf')}
          placeholder={t('allStates')}
          value={search.state ?? null}
          options={SHOWN.map((state) => ({ value: state, label: t(`state.${state}`) }))}
          onChange={(state: string | null | undefined) =>
            show({ ...search, page: '', state: state ?? '' })
          }
        />
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('empty.title')} body={t('empty.body')} />
      ) : null}
      <ul className="deliveries-list">
        {data?.items.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      {data && data.total > 20 ? (
        <Pagination
          current={Number(search.page) || 1}
          pageSize={20}
          total={data.total}
          showSizeChanger={false}
          onChange={(page) => show({ ...search, page: String(page) })}
        />
      ) : null}
    </>
  )
}

function DeliveryItem({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const { id, sourceName, fileName, receivedAt, receivedBy, roll, rows } = delivery
  return (
    <li className="card delivery-item">
      <div className="delivery-item-words">
        <Link to="/deliveries/$deliveryId" params={{ deliveryId: String(id) }}>
          {t('called', { source: sourceName, id })}
        </Link>
        {roll ? <RollLine roll={roll} /> : null}
        <span className="muted delivery-file">{fileName}</span>
        <span className="muted">
          {receivedBy} · <Moment at={receivedAt} />
        </span>
      </div>
      <div className="delivery-item-state">
        <DeliveryState delivery={delivery} />
        {rows > 0 ? <span className="muted number">{t('rows', { count: rows })}</span> : null}
      </div>
    </li>
  )
}
