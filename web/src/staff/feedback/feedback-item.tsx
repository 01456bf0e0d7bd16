import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Feedback } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { useTrouble } from '../drafts/use-trouble.ts'
import { useAnswerFeedback } from './use-feedback.ts'

/** One thing said of a policy, and what was answered. */
export function FeedbackItem({ item }: { item: Feedback }) {
  const { t } = useTranslation('feedback')
  const session = useSession()
  const mayAnswer = item.answer === null && session.may.includes('feedback.answer')
  return (
    <li className="card feedback-item">
      <p className="feedback-head">
        <strong>{item.programmeName}</strong>
        <Chip tone={item.works ? 'bridge' : 'amber'}>{t(item.works ? 'works' : 'fails')}</Chip>
        <span className="muted small">
          {item.areaName} {item.by ?? t('someone')} <Day day={item.at} />
        </span>
      </p>
      <p>{item.because}</p>
      {item.households.length > 0 ? (
        <p className="small">
          {t('attached', { count: item.households.length })}
          {item.households.map(({ id, registerNo }) => (
            <Link key={id} to="/households/$householdId" params={{ householdId: String(id) }}>
              {' '}
              {registerNo}
            </Link>
          ))}
        </p>
      ) : null}
      {item.answer === null ? (
        <p className="muted small">{t('waiting')}</p>
      ) : (
        <p className="feedback-answer">
          <span className="muted small">
            {t('answered', { by: item.answeredBy ?? t('someone') })} <Day day={item.answeredAt} />
          </span>
          <br />
          {item.answer}
        </p>
      )}
      {mayAnswer ? <AnswerForm id={item.id} /> : null}
    </li>
  )
}

function AnswerForm({ id }: { id: number }) {
  const { t } = useTranslation('feedback')
  const answer = useAnswerFeedback()
  const trouble = useTrouble()
  const [text, setText] = useState('')
  return (
    <div className="feedback-form">
      <Input.TextArea
        rows={2}
        maxLength={1000}
        value={text}
        aria-label={t('answer')}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        disabled={text.trim().length < 2}
        loading={answer.isPending}
        onClick={() => answer.mutate({ id, text })}
      >
        {t('answer')}
      </Button>
      {answer.error ? (
        <p role="alert" className="read-unknown">
          {trouble(answer.error)}
        </p>
      ) : null}
    </div>
  )
}
