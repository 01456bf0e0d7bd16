import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case, CaseStep } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { HandDialog } from './hand-dialog.tsx'
import { StepDialog } from './step-dialog.tsx'
import { useDecideCase, useStepCase } from './use-cases.ts'

/** Those that lead on, the foremost first; what else may be done stands behind “more”. */
const ONWARDS: readonly CaseStep[] = [
  'close',
  'approve',
  'ask-closing',
  'submit',
  'follow-up',
  'resume',
  'plan',
  'review',
  'continue',
]
const DECISIONS = ['approve', 'return', 'close', 'keep-open', 'calm'] as const
/** Done without a word. */
const PLAIN: readonly CaseStep[] = [
  'assess',
  'plan',
  'continue',
  'replan',
  'resume',
  'approve',
  'close',
]

/** What the reader may do next with a case: one step leads on, the others stand behind “more”. */
export function Steps({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const [open, setOpen] = useState<CaseStep | 'hand'>()
  const run = usePlainStep(one)
  const steps = one.may.filter(
    (step): step is CaseStep => !['plan-goals', 'settle-goals', 'answer', 'hand'].includes(step),
  )
  const foremost = ONWARDS.find((step) => steps.includes(step))
  const others = [
    ...steps.filter((step) => step !== foremost),
    ...one.may.filter((step) => step === 'hand'),
  ]
  const choose = (step: CaseStep | 'hand') =>
    step !== 'hand' && PLAIN.includes(step) ? run(step) : setOpen(step)
  return (
    <>
      {others.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map((step) => ({ key: step, label: t(`step.${step}`) })),
            onClick: ({ key }) => choose(key as CaseStep | 'hand'),
          }}
        >
          <Button>{t('more')}</Button>
        </Dropdown>
      ) : null}
      {foremost ? (
        <Button type="primary" onClick={() => choose(foremost)}>
          {t(`step.${foremost}`)}
        </Button>
      ) : null}
      {open === 'hand' ? <HandDialog one={one} onClose={() => setOpen(undefined)} /> : null}
      {open && open !== 'hand' ? (
        <StepDialog one={one} step={open} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  )
}

function usePlainStep(one: Case): (step: CaseStep) => void {
  const { t } = useTranslation('cases')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const step = useStepCase(one)
  const decide = useDecideCase(one)
  return (wanted) => {
    const decision = DECISIONS.find((decided) => decided === wanted)
    const done = {
      onSuccess: () => void message.success(t(`saved.${wanted}`)),
      onError: (error: unknown) => void message.error(problemText(error)),
    }
    if (decision) decide.mutate({ step: decision }, done)
    else step.mutate({ step: wanted as Exclude<CaseStep, (typeof DECISIONS)[number]> }, done)
  }
}
