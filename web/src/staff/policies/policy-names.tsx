import { useTranslation } from 'react-i18next'
import type { Policy } from '../../api/views.ts'

type Alias = Policy['aliases'][number]

/** What the policy was and is called in the texts of a time: a rename has a day. */
export function PolicyNames({ policy: { aliases } }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  if (aliases.length === 0) return null
  return (
    <section className="card policy-section" aria-labelledby="policy-names">
      <h2 id="policy-names">{t('names.title')}</h2>
      <ol className="policy-names">
        {aliases.map((alias) => (
          <li key={alias.name}>
            <span>{alias.name}</span> <span className="muted small">{daysOf(t, alias)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function daysOf(
  t: ReturnType<typeof useTranslation<'policies'>>['t'],
  { from, to }: Alias,
): string {
  if (from !== null && to !== null) return t('names.between', { from, to })
  if (to !== null) return t('names.until', { to })
  return from === null ? '' : t('names.from', { from })
}
