import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/views.ts'
import './consents.css'

/** What is on record and was not used, by the reason why: it counts as unknown, not as nothing. */
export function LeftOut({ leftOut }: { leftOut: Explanation['leftOut'] }) {
  const { t } = useTranslation('consents')
  if (leftOut.length === 0) return null
  const reasons = [...new Set(leftOut.map(({ text }) => text))]
  return (
    <details className="card left-out">
      <summary>{t('leftOut.title', { count: leftOut.length })}</summary>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>
            <p>{reason}</p>
            <p className="muted small">
              {leftOut
                .filter(({ text }) => text === reason)
                .map(({ memberName, name }) => [memberName, name].filter(Boolean).join(' · '))
                .join('、')}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}
