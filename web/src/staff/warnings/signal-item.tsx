import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WarningSignal, WarningSignals } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { SeverityChip } from './severity-chip.tsx'
import { SignalExpected } from './signal-expected.tsx'

interface SignalItemProps {
  signal: WarningSignal
  review: WarningSignals['review']
  mayState: boolean
}

/** One signal: its rule as it stands or as it is shipped, how often it was right, and what the district may do with it. */
export function SignalItem({ signal, review, mayState }: SignalItemProps) {
  const { t, i18n } = useTranslation('warnings')
  const [stating, setStating] = useState(false)
  const name = i18n.language === 'en' ? signal.en : signal.name
  const isByRule = signal.kind === 'rule'
  return (
    <li className="card signal">
      <p className="warning-head">
        <span className="number muted">{signal.id}</span>
        <strong>{name}</strong>
        <SeverityChip severity={signal.stated?.severity ?? signal.severity} />
        <StateChip signal={signal} />
        {signal.restricted ? (
          <span title={t('restrictedHint')}>
            <Chip tone="outline">{t('restricted')}</Chip>
          </span>
        ) : null}
        {signal.fits ? null : (
          <span title={t('signals.unfitHint')}>
            <Chip tone="amber">{t('signals.unfit')}</Chip>
          </span>
        )}
        {signal.reviewAsked ? (
          <span title={t('signals.reviewHint', review)}>
            <Chip tone="amber">{t('signals.review')}</Chip>
          </span>
        ) : null}
      </p>
      <p className="muted small">
        {signal.state === 'waits'
          ? t('signals.waits', { owner: signal.owner })
          : t('signals.owner', { owner: signal.owner })}
        {signal.note ? ` · ${signal.note}` : null}
      </p>
      {isByRule ? <Rule signal={signal} /> : null}
      <Found signal={signal} />
      {isByRule && mayState ? (
        <div className="signal-acts">
          <Button
            size="small"
            aria-label={t('signals.editOf', { id: signal.id, name })}
            onClick={() => setStating(true)}
          >
            {t('signals.edit')}
          </Button>
          <SignalExpected signal={signal} />
        </div>
      ) : null}
      {stating ? (
        <RuleDialog signal={signal} name={name} onClose={() => setStating(false)} />
      ) : null}
    </li>
  )
}

function StateChip({ signal: { state, stated } }: { signal: WarningSignal }) {
  const { t } = useTranslation('warnings')
  const text =
    state === 'from'
      ? t('signals.state.from', { day: stated?.from ?? '' })
      : t(`signals.state.${state}`)
  return <Chip tone={state === 'on' || state === 'from' ? 'bridge' : 'plain'}>{text}</Chip>
}

function Rule({ signal: { stated, shipped, before } }: { signal: WarningSignal }) {
  const { t } = useTranslation('warnings')
  const now = stated ?? shipped
  if (!now) return null
  return (
    <>
      <dl className="signal-rule">
        <dt>{t('signals.rule')}</dt>
        <dd>
          <code>{now.rule}</code>
        </dd>
        {now.redRule ? (
          <>
            <dt>{t('signals.redRule')}</dt>
            <dd>
              <code>{now.redRule}</code>
            </dd>
          </>
        ) : null}
      </dl>
      <p className="muted small signal-said">
        {now.freshDays ? <span>{t('signals.fresh', { days: now.freshDays })}</span> : null}
        {stated ? (
          <span>
            {stated.recordedBy
              ? t('signals.stated', { name: stated.recordedBy, source: stated.source })
              : t('signals.demo')}
          </span>
        ) : null}
        {stated?.proposed === false ? null : <Chip tone="amber">{t('signals.proposed')}</Chip>}
      </p>
      {before.length > 0 ? (
        <details className="small">
          <summary>{t('signals.before')}</summary>
          <ol>
            {before.map((was) => (
              <li key={was.version}>
                {was.from} · <code>{was.rule}</code> · {was.source}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </>
  )
}

function Found({ signal: { found, precision } }: { signal: WarningSignal }) {
  const { t } = useTranslation('warnings')
  const { live, confirmed, falsePositive, alreadyCovered, movedOrDeceased: moved } = found
  const all = confirmed + falsePositive + alreadyCovered + moved
  if (all + live === 0) return null
  return (
    <p className="small signal-said">
      {precision === null ? (
        <span className="muted">{t('signals.notFound')}</span>
      ) : (
        <strong>{t('signals.precision', { percent: Math.round(precision * 1000) / 10 })}</strong>
      )}
      {all > 0 ? (
        <span>{t('signals.found', { confirmed, falsePositive, alreadyCovered, moved })}</span>
      ) : null}
      <span className="muted">{t('signals.live', { count: live })}</span>
    </p>
  )
}
