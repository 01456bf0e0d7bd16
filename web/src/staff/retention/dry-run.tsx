import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Weighed } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day, useToday } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { dryRunQuery, sheetOf } from './use-retention.ts'

interface Props {
  /** Today where there is none. */
  day: string | undefined
  onDay: (day: string | undefined) => void
  onAsked: () => void
}

/** What would go on a day and why the rest stays; from here it is asked for. */
export function DryRun({ day, onDay, onAsked }: Props) {
  const { t } = useTranslation('retention')
  const today = useToday()
  const [asking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery(dryRunQuery(day))
  return (
    <section aria-label={t('tab.dry-run')}>
      <p className="muted retention-note">{t('dry.lead')}</p>
      <div className="retention-tools">
        <DatePicker
          aria-label={t('dry.day')}
          allowClear={false}
          value={dayjs(day ?? today)}
          onChange={(picked) => {
            const chosen = picked?.format('YYYY-MM-DD')
            onDay(chosen === today ? undefined : chosen)
          }}
        />
        <Button icon={<DownloadOutlined />} href={sheetOf(day)} download>
          {t('dry.export')}
        </Button>
        <Button type="primary" onClick={() => setAsking(true)}>
          {t('dry.ask')}
        </Button>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('dry.empty.title')} body={t('dry.empty.body')} />
      ) : null}
      {data && data.items.length > 0 ? <WeighedTable items={data.items} /> : null}
      <AskDialog open={asking} onClose={() => setAsking(false)} onAsked={onAsked} />
    </section>
  )
}

const FIGURES = ['records', 'persons', 'households'] as const

function WeighedTable({ items }: { items: readonly Weighed[] }) {
  const { t } = useTranslation('retention')
  return (
    <table className="card retention-table">
      <caption className="visually-hidden">{t('tab.dry-run')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dry.class')}</th>
          <th scope="col">{t('dry.outcome')}</th>
          {FIGURES.map((figure) => (
            <th key={figure} scope="col" className="retention-figure">
              {t(`dry.${figure}`)}
            </th>
          ))}
          <th scope="col">{t('dry.oldest')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={`${one.class} ${one.outcome}`}>
            <td data-label={t('dry.class')}>{t(`class.${one.class}`)}</td>
            <td data-label={t('dry.outcome')}>
              <Chip tone={toneOf[one.outcome] ?? 'plain'}>{t(`outcome.${one.outcome}`)}</Chip>
            </td>
            {FIGURES.map((figure) => (
              <td key={figure} className="retention-figure number" data-label={t(`dry.${figure}`)}>
                {one[figure].toLocaleString('zh-CN')}
              </td>
            ))}
            <td data-label={t('dry.oldest')}>
              <Day day={one.oldest} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const toneOf: Partial<Record<Weighed['outcome'], 'bridge' | 'amber'>> = {
  due: 'bridge',
  unconfirmed: 'amber',
}
