import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today, TodayStop } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { RecordDialog, type Beginning } from './record-dialog.tsx'
import { StopItem } from './stop-item.tsx'
import { todayQuery, usePlanToday } from './use-services.ts'
import './services.css'

interface Recording {
  stop: TodayStop
  beginning: Beginning
}

/** 今日: what must I do now, what is most at risk of being missed first; or the plan of the day, from door to door. */
export function TodayPage() {
  const { t } = useTranslation(['services', 'words'])
  const { area, view } = useSearch({ from: '/frame/today' })
  const navigate = useNavigate({ from: '/today' })
  const { data, error, refetch } = useQuery(todayQuery(area))
  const [recording, setRecording] = useState<Recording>()
  const isPlan = view === 'plan'
  return (
    <div className="today">
      <PageTitle
        title={isPlan ? <PlanTitle /> : t('today.title')}
        summary={data ? t('today.summary', data.counts) : null}
        action={
          <>
            <Link to="/visit-rules">{t('today.rules')}</Link>
            {isPlan && data && data.plan.length > 0 ? (
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                {t('words:print')}
              </Button>
            ) : null}
          </>
        }
      />
      <Segmented
        className="today-views"
        aria-label={t('today.view.label')}
        value={isPlan ? 'plan' : 'due'}
        options={[
          { value: 'due', label: t('today.view.due') },
          { value: 'plan', label: t('today.view.plan', { count: data?.plan.length ?? 0 }) },
        ]}
        onChange={(next) =>
          void navigate({
            search: { ...(area ? { area } : {}), ...(next === 'plan' ? { view: 'plan' } : {}) },
            replace: true,
          })
        }
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Stops today={data} isPlan={isPlan} onRecord={setRecording} /> : null}
      {isPlan && data ? (
        <p className="only-printed">{t('today.printed', { day: data.today })}</p>
      ) : null}
      {recording ? (
        <RecordDialog
          householdId={recording.stop.householdId}
          name={recording.stop.head}
          beginning={recording.beginning}
          onClose={() => setRecording(undefined)}
        />
      ) : null}
    </div>
  )
}

function PlanTitle() {
  const { t } = useTranslation('services')
  return (
    <>
      <span className="not-printed">{t('today.title')}</span>
      <span className="only-printed">{t('today.sheet')}</span>
    </>
  )
}

interface StopsProps {
  today: Today
  isPlan: boolean
  onRecord: (recording: Recording) => void
}

function Stops({ today, isPlan, onRecord }: StopsProps) {
  const { t } = useTranslation('services')
  const plan = usePlanToday()
  const byId = new Map(today.items.map((stop) => [stop.householdId, stop]))
  const stops = isPlan
    ? today.plan.flatMap((id) => byId.get(id) ?? [])
    : today.items.filter(({ reasons }) => reasons.length > 0)
  if (stops.length === 0)
    return (
      <EmptyState
        title={t(isPlan ? 'today.noPlan.title' : 'today.empty.title')}
        body={t(isPlan ? 'today.noPlan.body' : 'today.empty.body')}
      />
    )
  // What was ticked stands at once; the answer puts it in order.
  const marked = plan.isPending ? plan.variables : today.plan
  const mark = (id: number, planned: boolean) =>
    plan.mutate(planned ? [...marked, id] : marked.filter((one) => one !== id))
  return (
    <>
      {!isPlan && today.total > stops.length ? (
        <p className="muted">{t('today.more', { total: today.total, count: stops.length })}</p>
      ) : null}
      <ol className="today-stops" aria-label={t('today.list')}>
        {stops.map((stop, index) => (
          <StopItem
            key={stop.householdId}
            stop={stop}
            place={isPlan ? index + 1 : null}
            may={today.may}
            planned={marked.includes(stop.householdId)}
            onMark={(planned) => mark(stop.householdId, planned)}
            onRecord={(beginning) => onRecord({ stop, beginning })}
          />
        ))}
      </ol>
    </>
  )
}
