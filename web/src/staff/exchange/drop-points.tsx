import { useQuery } from '@tanstack/react-query'
import { App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DropPoint } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day, Moment } from '../../ui/day.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { DropPointDialog } from './drop-point-dialog.tsx'
import { LoginKey } from './login-key.tsx'
import { dropPointsQuery, useActOnDropPoint } from './use-drop-points.ts'

/** Where files of a source are fetched; asked for when it is opened. */
export function DropPoints({ sourceId, name }: { sourceId: string; name: string }) {
  const { t } = useTranslation('exchange')
  const [open, setOpen] = useState(false)
  const [making, setMaking] = useState(false)
  const { data, error, refetch } = useQuery({ ...dropPointsQuery(sourceId), enabled: open })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('points.title')}</summary>
      <p className="muted">{t('points.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      <ul className="push-keys">
        {data?.items.map((point) => (
          <Point key={point.id} sourceId={sourceId} point={point} />
        ))}
      </ul>
      <Button
        size="small"
        onClick={() => setMaking(true)}
        aria-label={t('points.makeOf', { name })}
      >
        {t('points.make')}
      </Button>
      <DropPointDialog
        sourceId={sourceId}
        name={name}
        open={making}
        onClose={() => setMaking(false)}
      />
    </details>
  )
}

function Point({ sourceId, point }: { sourceId: string; point: DropPoint }) {
  const { t } = useTranslation('exchange')
  const { id, kind, host, port, path, userName, pattern, every, endedAt, lookedAt, problem } = point
  const where = `${kind}://${userName ? `${userName}@` : ''}${host}:${port}${path}`
  const state = endedAt ? 'ended' : problem ? 'stuck' : lookedAt ? 'fine' : 'notYet'
  return (
    <li>
      <span className="drop-point-where">
        <strong>{pattern ? `${where}/${pattern}` : where}</strong>{' '}
        <Chip tone={state === 'fine' ? 'bridge' : state === 'stuck' ? 'amber' : 'outline'}>
          {t(`points.${state}`)}
        </Chip>
      </span>
      <span className="muted small">
        {t(`points.every.${every}`)} · {t('points.madeBy', { by: point.madeBy })}{' '}
        <Day day={point.madeAt.slice(0, 10)} />
        {lookedAt ? (
          <>
            {' '}
            · {t('points.looked')} <Moment at={lookedAt} />
          </>
        ) : null}
      </span>
      {endedAt ? null : (
        <>
          {problem ? <span className="small drop-point-problem">{problem}</span> : null}
          {point.loginKey ? <LoginKey line={point.loginKey} /> : null}
          <span className="source-actions">
            <Act sourceId={sourceId} id={id} host={host} act="look" />
            <Act sourceId={sourceId} id={id} host={host} act="end" />
          </span>
        </>
      )}
    </li>
  )
}

function Act({
  sourceId,
  id,
  host,
  act,
}: {
  sourceId: string
  id: string
  host: string
  act: 'look' | 'end'
}) {
  const { t } = useTranslation(['exchange', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const acting = useActOnDropPoint(sourceId, act)
  const go = () =>
    acting.mutate(id, {
      onSuccess: () =>
        void message.success(t(act === 'look' ? 'points.looking' : 'points.endedNow')),
      onError: (failure) => void message.error(problemText(failure)),
    })
  if (act === 'look')
    return (
      <Button
        size="small"
        loading={acting.isPending}
        onClick={go}
        aria-label={t('points.lookOf', { host })}
      >
        {t('points.look')}
      </Button>
    )
  return (
    <Popconfirm
      title={t('points.endAsk')}
      okText={t('points.end')}
      cancelText={t('words:cancel')}
      onConfirm={go}
    >
      <Button size="small" danger aria-label={t('points.endOf', { host })}>
        {t('points.end')}
      </Button>
    </Popconfirm>
  )
}
