import { useTranslation } from 'react-i18next'
import type { AssessedIndicator, NeedsAssessment } from '../../api/views.ts'
import { pointsOf } from './use-assessments.ts'

/** What drove the score: each lack with its part of it, the heaviest first, and what is still to be checked. */
export function DriverBars({ one }: { one: NeedsAssessment }) {
  const { t } = useTranslation('assessments')
  const drives = one.items
    .filter(({ lack }) => lack === true)
    .toSorted((a, b) => b.weight - a.weight)
  const unknown = one.items.filter((item) => item.unknown)
  const most = Math.max(1, ...one.items.map(({ weight }) => weight))
  return (
    <div className="assess-drivers">
      <h3>{t('standing.drivers')}</h3>
      {drives.length === 0 && unknown.length === 0 ? (
        <p className="muted">{t('standing.noDriver')}</p>
      ) : null}
      <ul>
        {[...drives, ...unknown].map((item) => (
          <Bar key={item.indicator} item={item} most={most} />
        ))}
      </ul>
    </div>
  )
}

function Bar({ item, most }: { item: AssessedIndicator; most: number }) {
  const { t } = useTranslation('assessments')
  return (
    <li className={item.unknown ? 'assess-bar assess-bar-open' : 'assess-bar'}>
      <span className="assess-bar-name">{t(`indicator.${item.indicator}`)}</span>
      <span className="assess-bar-track" aria-hidden="true">
        <span style={{ inlineSize: `${(item.weight / most) * 100}%` }} />
      </span>
      <span className="number assess-bar-value">
        {item.unknown ? `? ${t('answer.unknown')}` : pointsOf(item.weight)}
      </span>
      {item.evidence ? <span className="muted small assess-bar-seen">{item.evidence}</span> : null}
    </li>
  )
}
