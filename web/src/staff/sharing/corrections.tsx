import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingPage } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { DeadlineText } from './deadline.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { useAnswerCorrection, useAskCorrection } from './use-sharing.ts'

type Correction = SharingPage['corrections'][number]

/** What the source was asked to correct, and what it answered. */
export function Corrections({ request }: { request: SharingPage }) {
  const { t } = useTranslation('sharing')
  const [asking, setAsking] = useState(false)
  const ask = useAskCorrection(request.id)
  return (
    <section className="card sharing-part" aria-label={t('correcting.title')}>
      <div className="sharing-head">
        <h2>{t('correcting.title')}</h2>
        <Button onClick={() => setAsking(true)}>{t('correcting.ask')}</Button>
      </div>
      <p className="muted">{t('correcting.lead')}</p>
      {request.corrections.length === 0 ? <p>{t('correcting.none')}</p> : null}
      <ol className="sharing-past">
        {request.corrections.map((one) => (
          <Item key={one.id} requestId={request.id} one={one} />
        ))}
      </ol>
      {asking ? (
        <NoteDialog
          title={t('correcting.ask')}
          fields={[{ name: 'text', label: t('correcting.text'), needed: true }]}
          saving={ask.isPending}
          error={ask.error}
          onClose={() => setAsking(false)}
          onSave={({ text }, onDay) => ask.mutateAsync({ onDay, text: text ?? '' })}
        />
      ) : null}
    </section>
  )
}

function Item({ requestId, one }: { requestId: number; one: Correction }) {
  const { t } = useTranslation('sharing')
  const [answering, setAnswering] = useState(false)
  const answer = useAnswerCorrection(requestId, one.id)
  return (
    <li>
      <Day day={one.onDay} /> {one.text} <span className="muted">{one.recordedBy}</span>
      {one.answer ? (
        <p className="sharing-answer">
          <Chip tone={one.answer.corrected ? 'bridge' : 'plain'}>
            {t(one.answer.corrected ? 'correcting.yes' : 'correcting.no')}
          </Chip>{' '}
          <Day day={one.answer.onDay} /> {one.answer.text}{' '}
          <span className="muted">{one.answer.recordedBy}</span>
        </p>
      ) : (
        <p className="sharing-answer">
          {one.deadline ? <DeadlineText deadline={one.deadline} /> : null}
          <Button size="small" onClick={() => setAnswering(true)}>
            {t('correcting.answer')}
          </Button>
        </p>
      )}
      {answering ? (
        <NoteDialog
          title={t('correcting.answer')}
          fields={[{ name: 'text', label: t('correcting.answerText'), needed: true }]}
          choice={{
            label: t('correcting.corrected'),
            options: [
              { value: 'yes', label: t('correcting.yes') },
              { value: 'no', label: t('correcting.no') },
            ],
          }}
          from={one.onDay}
          saving={answer.isPending}
          error={answer.error}
          onClose={() => setAnswering(false)}
          onSave={({ text, choice }, onDay) =>
            answer.mutateAsync({ onDay, text: text ?? '', corrected: choice === 'yes' })
          }
        />
      ) : null}
    </li>
  )
}
