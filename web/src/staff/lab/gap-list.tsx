import { useTranslation } from 'react-i18next'
import type { Trial } from '../../api/views.ts'
import { useCount, useYuan } from './words.ts'

const STAGES = ['alone', 'today', 'changed'] as const

/** How many live below the line, and by how much, before assistance, with it, and with the change. */
export function GapList({ gap }: { gap: NonNullable<Trial['gap']> }) {
  const { t } = useTranslation('lab')
  const [count, yuan] = [useCount(), useYuan()]
  return (
    <section className="card lab-table" aria-label={t('gap.title')}>
      <h2>{t('gap.title')}</h2>
      <p className="muted small lab-note">{t('gap.note', { line: gap.line })}</p>
      <dl className="lab-gap">
        {STAGES.map((stage) => {
          const { households, persons, monthFen } = gap[stage]
          return (
            <div key={stage}>
              <dt className="muted">{t(`gap.${stage}`)}</dt>
              <dd className="number">
                {households === null
                  ? t('gap.hidden')
                  : t('gap.line', {
                      households: count(households),
                      persons: count(persons),
                      yuan: yuan(monthFen),
                    })}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
