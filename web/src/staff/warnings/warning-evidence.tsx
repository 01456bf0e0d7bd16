import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'
import { SeverityChip } from './severity-chip.tsx'

/** What the warning rests on, the latest first: what was found, whose data tells of it, of which day. */
export function WarningEvidence({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  const { evidence, sensitivity, reasonShows } = warning
  const isHidden = reasonShows.includes(sensitivity)
  return (
    <section className="card warning-part">
      <h2>{t('page.evidence')}</h2>
      <ul className="warning-evidence">
        {evidence.map((one, place) => (
          <li key={`${one.signal} ${place}`}>
            <p className="warning-head">
              <SeverityChip severity={one.severity} />
              {isHidden ? null : (
                <strong>
                  {one.signal} {one.signalName}
                </strong>
              )}
              {one.member ? <span>{one.member}</span> : null}
            </p>
            <p>{one.text}</p>
            <p className="muted small">
              {t('evidenceOn', { channel: t(`channel.${one.channel}`), day: one.onDay })} ·{' '}
              {t('page.from', { owner: one.owner })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
