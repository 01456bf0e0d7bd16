import { useTranslation } from 'react-i18next'
import type { MergePlan } from '../../api/views.ts'

/** What passes to the record that is kept, what is paid twice, and what does not pass. */
export function MergePassing({ plan }: { plan: MergePlan }) {
  const { t } = useTranslation('duplicates')
  const list = (names: readonly string[]) => names.join('、')
  const twice = plan.awards.filter(({ both }) => both).map((one) => one.programmeName)
  return (
    <>
      <ul className="merge-passing">
        {plan.passing.length > 0 ? (
          <li>{t('merge.passing', { names: list(plan.passing.map(({ name }) => name)) })}</li>
        ) : null}
        {plan.awards.length > 0 ? (
          <li>{t('merge.awards', { names: list(plan.awards.map((one) => one.programmeName)) })}</li>
        ) : null}
        {plan.told.length > 0 ? (
          <li>{t('merge.told', { names: list(plan.told.map((one) => one.programmeName)) })}</li>
        ) : null}
      </ul>
      {twice.length > 0 ? (
        <p className="merge-twice">{t('merge.twice', { names: list(twice) })}</p>
      ) : null}
    </>
  )
}
