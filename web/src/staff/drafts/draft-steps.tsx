import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { Draft, DraftStep } from '../../api/views.ts'
import { useDraftActions } from './use-drafts.ts'
import { useTrouble } from './use-trouble.ts'

const PRIMARY: readonly DraftStep[] = ['submit', 'approve', 'publish']

/** What the reader may do with the draft now, and who has approved it. */
export function DraftSteps({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { message } = App.useApp()
  const { step } = useDraftActions(draft.id)
  const trouble = useTrouble()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  async function take(next: DraftStep): Promise<void> {
    if (next === 'return' && text.trim() === '') return setAsked(true)
    await step.mutateAsync({ revision: draft.revision, step: next, text })
    setText('')
    setAsked(false)
    void message.success(t(`done.${next}`))
  }
  const errors = step.error instanceof Problem ? step.error.errors : []
  // Taking up what came with a release stands beside what came.
  const steps = draft.steps.filter((one) => one !== 'take-up')
  const needed = draft.impact ? (draft.impact.secondApprover ? 2 : 1) : null
  return (
    <section className="card draft-card" aria-label={t('steps.title')}>
      <h2>{t('steps.title')}</h2>
      <p>
        {draft.from ? t('startsOn', { day: draft.from }) : t('startsAtOnce')}
        {needed === null ? null : (
          <>
            {' · '}
            {t('steps.approvals', { done: draft.approvals.length, needed })}
            {draft.approvals.map(({ staffId, name }) => (
              <span key={staffId}> {name}</span>
            ))}
          </>
        )}
      </p>
      {steps.length === 0 ? <p className="muted">{t('steps.nothing')}</p> : null}
      {draft.steps.includes('return') ? (
        <label className="draft-reason">
          <span>{t('steps.reason')}</span>
          <Input.TextArea
            value={text}
            rows={2}
            maxLength={2000}
            status={asked && text.trim() === '' ? 'error' : ''}
            onChange={(event) => setText(event.target.value)}
          />
          {asked && text.trim() === '' ? (
            <span role="alert" className="draft-trouble small">
              {t('steps.reasonNeeded')}
            </span>
          ) : null}
        </label>
      ) : null}
      <p className="draft-actions">
        {steps.map((one) => (
          <Button
            key={one}
            type={PRIMARY.includes(one) ? 'primary' : 'default'}
            loading={step.isPending && step.variables.step === one}
            disabled={step.isPending}
            onClick={() => void take(one).catch(() => {})}
          >
            {t(`step.${one}`)}
          </Button>
        ))}
      </p>
      {step.error ? (
        <div role="alert" className="draft-trouble">
          <p>{trouble(step.error)}</p>
          <ul>
            {errors.map(({ path, message: words }) => (
              <li key={`${path ?? ''} ${words ?? ''}`}>
                <code>{path}</code> {words}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}
