import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorId, WeightVersion } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { useDecideWeights, weightsQuery } from './use-assessments.ts'
import { WeightsDialog } from './weights-dialog.tsx'

/** Versions of the weights, the latest first, each beside those in force. */
export function WeightsList() {
  const { t } = useTranslation('assessments')
  const { data, error, refetch } = useQuery(weightsQuery)
  const [proposing, setProposing] = useState(false)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const inForce = data.items.find(({ state }) => state === 'in-force')
  return (
    <div className="assess">
      <div className="assess-head">
        <p className="muted">{t('weights.lead')}</p>
        {data.may.write && inForce ? (
          <div className="assess-action">
            <Button type="primary" onClick={() => setProposing(true)}>
              {t('weights.propose')}
            </Button>
          </div>
        ) : null}
      </div>
      {data.items.map((one) => (
        <WeightsItem
          key={one.id}
          one={one}
          inForce={inForce}
          indicators={data.indicators as IndicatorId[]}
          mayWrite={data.may.write}
        />
      ))}
      {proposing && inForce ? (
        <WeightsDialog
          start={inForce}
          indicators={data.indicators as IndicatorId[]}
          onClose={() => setProposing(false)}
        />
      ) : null}
    </div>
  )
}

interface WeightsItemProps {
  one: WeightVersion
  inForce: WeightVersion | undefined
  indicators: readonly IndicatorId[]
  mayWrite: boolean
}

function WeightsItem({ one, inForce, indicators, mayWrite }: WeightsItemProps) {
  const { t } = useTranslation('assessments')
  const { cuts, line } = one
  return (
    <section className="card assess-card" aria-label={t('weights.version', { id: one.id })}>
      <header className="assess-head">
        <h2>{t('weights.version', { id: one.id })}</h2>
        <Chip tone={one.state === 'in-force' ? 'bridge' : 'outline'}>
          {t(`weights.state.${one.state}`)}
        </Chip>
        {one.confirmed ? null : <Chip tone="amber">{t('proposed')}</Chip>}
      </header>
      <p className="muted small">
        {one.source} ·{' '}
        {one.proposedBy === null
          ? t('weights.shipped')
          : t('weights.proposedBy', { name: one.proposedBy })}
        {one.decidedBy ? (
          <>
            {' · '}
            {t('weights.decidedBy', { name: one.decidedBy })} <Moment at={one.decidedAt} />
          </>
        ) : null}
      </p>
      {one.dataHash ? (
        <p className="muted small">
          {t('weights.critic', {
            rows: one.dataRows ?? 0,
            day: one.dataDay ?? '',
            hash: one.dataHash.slice(0, 12),
          })}
        </p>
      ) : null}
      {one.refusedBecause ? (
        <p>{t('weights.refusedBecause', { because: one.refusedBecause })}</p>
      ) : null}
      <ol className="assess-weights" aria-label={t('weights.table', { id: one.id })}>
        {indicators.map((indicator, place) => (
          <Weight
            key={indicator}
            name={t(`indicator.${indicator}`)}
            value={one.weights[place] ?? 0}
            before={one.state === 'proposed' ? inForce?.weights[place] : undefined}
          />
        ))}
      </ol>
      <p className="number small">{t('weights.cuts', { ...cuts, line })}</p>
      {one.state === 'proposed' && mayWrite ? <Decide one={one} /> : null}
    </section>
  )
}

function Weight({
  name,
  value,
  before,
}: {
  name: string
  value: number
  before: number | undefined
}) {
  const difference = before === undefined ? 0 : value - before
  return (
    <li>
      <span>{name}</span>
      <span className="number">
        {value}
        {difference === 0 ? null : (
          <span className="assess-difference">
            {' '}
            {difference > 0 ? `+${difference}` : difference}
          </span>
        )}
      </span>
    </li>
  )
}

function Decide({ one }: { one: WeightVersion }) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const decide = useDecideWeights(one.id)
  const [because, setBecause] = useState('')
  if (one.own) return <p className="muted">{t('weights.own')}</p>
  const say = (decision: 'approved' | 'refused') =>
    decide.mutate(decision === 'refused' ? { decision, because: because.trim() } : { decision }, {
      onSuccess: () => void message.success(t(`weights.${decision}`)),
      onError: (error) => void message.warning(problemText(error)),
    })
  return (
    <div className="assess-decide">
      <Input
        aria-label={t('weights.because')}
        placeholder={t('weights.because')}
        maxLength={300}
        value={because}
        onChange={({ target }) => setBecause(target.value)}
      />
      <Button
        disabled={because.trim().length < 2}
        loading={decide.isPending}
        onClick={() => say('refused')}
      >
        {t('weights.refuse')}
      </Button>
      <Button type="primary" loading={decide.isPending} onClick={() => say('approved')}>
        {t('weights.approve')}
      </Button>
    </div>
  )
}
