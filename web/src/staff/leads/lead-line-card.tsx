import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Disposing, Disposition, Lead, LeadLine } from '../../api/views.ts'
import { AmountText } from '../../ui/money.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useUndo } from '../../ui/use-undo.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { ReasonForm } from './reason-form.tsx'
import { useLeadActions } from './use-leads.ts'

/** In the order in which an advisor usually comes to them. */
const DISPOSITIONS: readonly Disposition[] = [
  'told',
  'interested',
  'declined',
  'not-eligible',
  'already-has',
  'unreachable',
]

/** These two ask why before they are recorded. */
type Asking = 'declined' | 'not-eligible'

function asks(disposition: Disposition): disposition is Asking {
  return disposition === 'declined' || disposition === 'not-eligible'
}

/** One programme of the lead, with the answers an advisor can give as buttons. */
export function LeadLineCard({ lead, line }: { lead: Lead; line: LeadLine }) {
  const { t } = useTranslation(['leads', 'words'])
  const actions = useLeadActions()
  const offerUndo = useUndo()
  const problemText = useProblemText()
  const [asking, setAsking] = useState<Asking | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const given = line.disposition

  async function record(disposing: Disposing): Promise<void> {
    setAsking(null)
    setFailure(null)
    try {
      await actions.dispose(lead, line.id, disposing)
      const what = t(`disposition.${disposing.disposition}`)
      offerUndo(t('done.disposition', { programme: line.programmeName, what }), () =>
        actions.undo(lead.id, line.id),
      )
    } catch (error) {
      setFailure(error)
    }
  }

  async function takeBack(): Promise<void> {
    setFailure(null)
    await actions.undo(lead.id, line.id).catch(setFailure)
  }

  return (
    <article className="lead-line" aria-label={line.programmeName}>
      <header>
        <h3>
          {line.programmeName}
          {line.member ? <span className="muted small"> · {line.member}</span> : null}
        </h3>
        <Verdict kind={line.verdict} />
        <span className="lead-line-amount">
          <AmountText amount={line.amount} />
        </span>
      </header>
      {given ? (
        <p className="lead-line-given">
          <span>
            {t('panel.recorded', { what: t(`disposition.${given}`) })}
            {line.reason ? ` · ${line.reason}` : null}
          </span>
          <Button size="small" type="link" onClick={() => void takeBack()}>
            {t('words:undo')}
          </Button>
        </p>
      ) : null}
      <div className="lead-dispositions">
        {DISPOSITIONS.map((disposition) => (
          <Button
            key={disposition}
            size="small"
            type={disposition === given || disposition === asking ? 'primary' : 'default'}
            aria-pressed={disposition === given}
            onClick={() =>
              asks(disposition) ? setAsking(disposition) : void record({ disposition })
            }
          >
            {t(`disposition.${disposition}`)}
          </Button>
        ))}
      </div>
      {asking ? (
        <ReasonForm
          disposition={asking}
          onCancel={() => setAsking(null)}
          onSave={(reason) => void record({ disposition: asking, reason })}
        />
      ) : null}
      {failure ? (
        <p role="alert" className="lead-line-problem">
          {problemText(failure)}
        </p>
      ) : null}
    </article>
  )
}
