import { useTranslation } from 'react-i18next'
import type { Combination } from '../../api/views.ts'

type Named = Pick<Combination['left'][number], 'programmeName' | 'memberName'>

function nameOf({ programmeName, memberName }: Named): string {
  return memberName ? `${programmeName}（${memberName}）` : programmeName
}

/** Why each other programme is not part of the combination, and which lower tiers fit as well. */
export function NotAdded({ found }: { found: Combination }) {
  const { t } = useTranslation('together')
  const { left, lowerTiers, keptOnly } = found
  if (left.length + lowerTiers.length + keptOnly.length === 0) return null
  return (
    <section className="together-part" aria-labelledby="together-left">
      <h3 id="together-left">{t('left')}</h3>
      <ul className="together-left">
        {left.map((one) => (
          <li key={`${one.programme}-${one.member ?? ''}`} data-reason={one.reason}>
            <strong>{nameOf(one)}</strong>{' '}
            {t(`reason.${one.reason}`, { others: one.with.map(nameOf).join('、') })}
          </li>
        ))}
        {lowerTiers.map((one) => (
          <li key={`${one.programme}-${one.member ?? ''}-${one.tierName}`} data-reason="tier">
            <strong>
              {nameOf(one)} {one.tierName}
            </strong>{' '}
            {t('reason.tier', { taken: one.takenName })}
          </li>
        ))}
        {keptOnly.map((one) => (
          <li key={`${one.programme}-${one.member ?? ''}`} data-reason="kept">
            <strong>{nameOf(one)}</strong> {t('reason.kept')}
          </li>
        ))}
      </ul>
    </section>
  )
}
