import { useQuery } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clock, ClockStanding } from '../../api/views.ts'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { ClockHistory } from './clock-history.tsx'
import { TimeLeft } from './time-left.tsx'
import { clockQuery, usePause } from './use-clocks.ts'
import './clock-section.css'

/** How long something may still take: what is left, why it stands still, and everything that happened to the clock. */
export function ClockSection({ clock }: { clock: ClockStanding }) {
  const { t } = useTranslation('clocks')
  return (
    <section>
      <h2>{t('section.title')}</h2>
      <ClockWhole clock={clock} />
    </section>
  )
}

/** The same where there is no room for it: a button that opens it. */
export function ClockButton({ clock, of }: { clock: ClockStanding; of: string }) {
  const { t } = useTranslation('clocks')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        aria-label={t('section.detailsOf', { of })}
        onClick={() => setOpen(true)}
      >
        {t('section.details')}
      </Button>
      {open ? (
        <Modal
          open
          footer={null}
          title={t('section.detailsOf', { of })}
          onCancel={() => setOpen(false)}
        >
          <ClockWhole clock={clock} />
        </Modal>
      ) : null}
    </>
  )
}

function ClockWhole({ clock }: { clock: ClockStanding }) {
  const { data, error, refetch } = useQuery(clockQuery(clock.id))
  return (
    <div className="clock-section">
      <p className="clock-left">
        <TimeLeft clock={data ?? clock} />
        {data ? <Limit clock={data} /> : null}
      </p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={1} /> : null}
      {data ? <Steps key={data.state} clock={data} /> : null}
      {data ? <ClockHistory events={data.events} /> : null}
    </div>
  )
}

function Limit({ clock: { amount, unit, startedAt, dueDay, owner } }: { clock: Clock }) {
  const { t } = useTranslation('clocks')
  const limit = t(`amount.${unit}`, { count: amount })
  return (
    <span className="muted small">
      {t('section.limit', { limit, day: dayIn(startedAt) })}
      {dueDay ? (
        <>
          {' · '}
          {t('left.dueDay', { day: dueDay })}
        </>
      ) : null}
      {' · '}
      {owner ? t('section.owner', { name: owner }) : t('section.noOwner')}
    </span>
  )
}

/** The day in Shanghai. */
function dayIn(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(at))
}

function Steps({ clock }: { clock: Clock }) {
  const { t } = useTranslation(['clocks', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const { pause, resume } = usePause(clock.id)
  const [because, setBecause] = useState<string>()
  const hint = useId()
  const problem = pause.error ?? resume.error
  const written = because?.trim() ?? ''
  return (
    <>
      {clock.may.includes('resume') ? (
        <Button
          loading={resume.isPending}
          onClick={() =>
            resume.mutate(undefined, {
              onSuccess: () => void message.success(t('section.resumed')),
            })
          }
        >
          {t('section.resume')}
        </Button>
      ) : null}
      {clock.may.includes('pause') && because === undefined ? (
        <Button onClick={() => setBecause('')}>{t('section.pause')}</Button>
      ) : null}
      {because === undefined ? null : (
        <form
          className="clock-pause"
          onSubmit={(event) => {
            event.preventDefault()
            if (written.length < 2) return
            pause.mutate(written, { onSuccess: () => void message.success(t('section.paused')) })
          }}
        >
          <p id={hint} className="muted small">
            {t('section.pauseHint')}
          </p>
          <Input
            autoFocus
            value={because}
            maxLength={300}
            aria-label={t('section.because')}
            aria-describedby={hint}
            placeholder={t('section.becausePlaceholder')}
            onChange={(event) => setBecause(event.target.value)}
          />
          <Button htmlType="submit" disabled={written.length < 2} loading={pause.isPending}>
            {t('section.pause')}
          </Button>
          <Button type="text" onClick={() => setBecause(undefined)}>
            {t('words:cancel')}
          </Button>
        </form>
      )}
      {problem ? (
        <p role="alert" className="clock-problem">
          {problemText(problem)}
        </p>
      ) : null}
    </>
  )
}
