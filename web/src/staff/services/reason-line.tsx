import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TodayReason } from '../../api/views.ts'
import { DaysLeft } from './days-left.tsx'

/** Why a household is on the list of today: what is due by which rule, and when it was done last. */
export function ReasonLine({ reason }: { reason: TodayReason }) {
  const { t } = useTranslation('services')
  const { kind, rule, season, last, leadId, promised } = reason
  const told = [
    rule ? t(`rule.${rule}`) : null,
    season ? t('reason.season', { season: t(`season.${season}`) }) : null,
    kind === 'contact' || kind === 'visit'
      ? last
        ? t('reason.lastDone', { day: last })
        : t('reason.neverDone')
      : null,
    promised || null,
  ].filter((one) => one !== null)
  return (
    <li className="today-reason">
      <strong>{t(`reason.${kind}`)}</strong>
      <DaysLeft left={reason.left} />
      {told.length > 0 ? <span className="muted">{told.join(' · ')}</span> : null}
      {leadId ? (
        <Link to="/leads" search={{ open: String(leadId) }}>
          {t('reason.openLead')}
        </Link>
      ) : null}
    </li>
  )
}
