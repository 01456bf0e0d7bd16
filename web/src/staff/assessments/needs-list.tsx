import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HouseholdAssessment, Need } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useSettleNeed } from './use-assessments.ts'

/** 需求清单: what the household needs, how soon, and what it wishes for. */
export function NeedsList({ id, data }: { id: number; data: HouseholdAssessment }) {
  const { t } = useTranslation('assessments')
  return (
    <section className="card assess-card" aria-label={t('needs.title')}>
      <h2>{t('needs.title')}</h2>
      {data.needs.length === 0 ? <p className="muted">{t('needs.none')}</p> : null}
      <ul className="assess-list">
        {data.needs.map((need) => (
          <NeedRow key={need.id} id={id} need={need} mayWrite={data.may.includes('settle')} />
        ))}
      </ul>
    </section>
  )
}

function NeedRow({ id, need, mayWrite }: { id: number; need: Need; mayWrite: boolean }) {
  const { t } = useTranslation(['assessments', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const settle = useSettleNeed(id)
  const say = (state: Need['state']) =>
    settle.mutate(
      { needId: need.id, state },
      {
        onSuccess: () => void message.success(t('needs.done')),
        onError: (error) => void message.warning(problemText(error)),
      },
    )
  const button = (state: Need['state'], label: string) => (
    <Button
      size="small"
      loading={settle.isPending}
      aria-label={t('needs.stateOf', { what: need.outcome, state: label })}
      onClick={() => say(state)}
    >
      {label}
    </Button>
  )
  return (
    <li className={need.state === 'open' ? 'assess-row' : 'assess-row assess-row-over'}>
      <Chip tone={need.urgency === 'now' && need.state === 'open' ? 'amber' : 'outline'}>
        {t(`urgency.${need.urgency}`)}
      </Chip>
      <Chip>{t(`dimension.${need.dimension}`)}</Chip>
      <span className="assess-row-text">{need.outcome}</span>
      {need.state === 'open' ? null : (
        <span className="muted small">
          {t(`needState.${need.state}`)}
          {need.changedBy ? ` · ${t('needs.changed', { name: need.changedBy })}` : ''}
        </span>
      )}
      {mayWrite ? (
        <span className="assess-row-actions">
          {need.state === 'open' ? (
            <>
              {button('met', t('needs.met'))}
              {button('dropped', t('needs.drop'))}
            </>
          ) : (
            button('open', t('needs.reopen'))
          )}
        </span>
      ) : null}
    </li>
  )
}
