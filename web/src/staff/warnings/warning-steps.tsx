import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { NameDialog } from './name-dialog.tsx'
import { StepDialog } from './step-dialog.tsx'
import { useStep } from './use-warnings.ts'

/** In the order in which they stand; what is told with nothing to fill in is done at once. */
const STEPS = [
  'report',
  'acknowledge',
  'dispatch',
  'contact',
  'visit',
  'find',
  'dispose',
  'feed-back',
  'close',
] as const
const AT_ONCE = ['acknowledge', 'close'] as const

type Kind = (typeof STEPS)[number]

function placeOf(kind: Kind, state: Warning['state']): number {
  return state === 'raised' && kind === 'dispatch' ? 0.5 : STEPS.indexOf(kind)
}

/** What may be done next, as the server says. */
export function WarningSteps({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const step = useStep(warning)
  const [asking, setAsking] = useState<Kind>()
  const [naming, setNaming] = useState(false)
  const next = STEPS.filter((one) => warning.may.includes(one)).toSorted(
    // Whoever hands out work does so first; whoever has it in hand goes on.
    (one, other) => placeOf(one, warning.state) - placeOf(other, warning.state),
  )
  const atOnce = (kind: Kind) => AT_ONCE.some((one) => one === kind)
  return (
    <section className="card warning-part">
      <h2>{t('page.next')}</h2>
      {warning.mustReport && warning.report === null ? (
        <p className="warning-report" role="note">
          {t('page.reportHint')}
        </p>
      ) : null}
      {next.length === 0 ? <p className="muted">{t('page.noNext')}</p> : null}
      <p className="warning-acts">
        {next.map((kind, place) => (
          <Button
            key={kind}
            type={place === 0 ? 'primary' : 'default'}
            loading={step.isPending && atOnce(kind)}
            onClick={() =>
              atOnce(kind)
                ? step.mutate({ kind }, { onSuccess: () => void message.success(t('saved')) })
                : setAsking(kind)
            }
          >
            {t(`act.${kind}`)}
          </Button>
        ))}
        {warning.may.includes('name') ? (
          <Button onClick={() => setNaming(true)}>{t('act.name')}</Button>
        ) : null}
      </p>
      {next[0] === 'acknowledge' || next[0] === 'close' ? (
        <p className="muted small">{t(`hint.${next[0]}`)}</p>
      ) : null}
      <p role="alert" className="warning-problem">
        {step.error && !asking ? problemText(step.error) : null}
      </p>
      {asking ? (
        <StepDialog kind={asking} warning={warning} onClose={() => setAsking(undefined)} />
      ) : null}
      {naming ? <NameDialog warning={warning} onClose={() => setNaming(false)} /> : null}
    </section>
  )
}
