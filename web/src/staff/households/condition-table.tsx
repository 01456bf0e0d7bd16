import { useTranslation } from 'react-i18next'
import type { Clause, Condition, Household, Policy, Result } from '../../api/views.ts'
import { ConditionVerdict } from '../../ui/verdict.tsx'
import { useMeasureText } from './measure.ts'
import { Reads } from './reads.tsx'
import './conditions.css'

interface ConditionTableProps {
  result: Result
  household: Household
  /** For the names of the tiers, once it is read. */
  policy: Policy | undefined
}

const COLUMNS = ['text', 'own', 'standard', 'verdict', 'clause'] as const

/** Conditions in their order, cut where the tier changes. */
function byTier(conditions: readonly Condition[]): { tier: string; conditions: Condition[] }[] {
  const groups: { tier: string; conditions: Condition[] }[] = []
  for (const condition of conditions) {
    const tier = condition.tier ?? ''
    const last = groups.at(-1)
    if (last?.tier === tier) last.conditions.push(condition)
    else groups.push({ tier, conditions: [condition] })
  }
  return groups
}

/** Each condition: what this household has, where the line is, the verdict and the clause. */
export function ConditionTable({ result, household, policy }: ConditionTableProps) {
  const { t } = useTranslation('households')
  if (result.conditions.length === 0) return null
  const groups = byTier(result.conditions)
  const several = new Set(groups.map(({ tier }) => tier).filter(Boolean)).size > 1
  return (
    <table className="conditions">
      <caption className="visually-hidden">
        {t('condition.caption', { programme: result.programmeName })}
      </caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`condition-${column}`}>
              {t(`condition.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ tier, conditions }, index) => (
        <tbody key={`${tier}-${index}`}>
          {several && tier ? (
            <tr className="condition-tier">
              <th colSpan={COLUMNS.length} scope="rowgroup">
                {t('condition.tier', {
                  tier: policy?.tiers.find(({ id }) => id === tier)?.name ?? tier,
                })}
              </th>
            </tr>
          ) : null}
          {conditions.map((condition, at) => (
            <ConditionRow
              key={condition.id}
              condition={condition}
              before={conditions[at - 1]}
              result={result}
              household={household}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

interface ConditionRowProps {
  condition: Condition
  before: Condition | undefined
  result: Result
  household: Household
}

function ConditionRow({ condition, before, result, household }: ConditionRowProps) {
  const { t } = useTranslation(['households', 'words'])
  const measure = useMeasureText(condition)
  const nothing = <span className="muted">{t('condition.noReads')}</span>
  return (
    <tr className={`condition condition-is-${condition.verdict}`}>
      <th scope="row">{condition.text}</th>
      <td data-label={t('condition.own')}>
        {measure ? (
          <span className="condition-measure">
            {measure.label ? <span className="muted">{measure.label} </span> : null}
            <strong className="number">{measure.own}</strong>
          </span>
        ) : null}
        <Reads
          condition={condition}
          result={result}
          household={household}
          measured={measure?.label}
        />
        {measure || condition.reads.length > 0 ? null : nothing}
      </td>
      <td data-label={t('condition.standard')}>
        {measure ? <span>{measure.standard}</span> : nothing}
        {measure?.distance ? <span className="fact-source">{measure.distance}</span> : null}
      </td>
      <td data-label={t('condition.verdict')}>
        <ConditionVerdict verdict={condition.verdict} />
        {condition.unconfirmed ? (
          <span className="fact-source muted">{t('condition.unconfirmed')}</span>
        ) : null}
      </td>
      <td data-label={t('condition.clause')} className="condition-clause">
        <ClauseText clause={condition.clause} before={before?.clause} />
      </td>
    </tr>
  )
}

/** The clause a condition rests on; a repeated one is said to be the same. */
function ClauseText({
  clause,
  before,
}: {
  clause: Clause | null
  before: Clause | null | undefined
}) {
  const { t } = useTranslation('households')
  if (!clause) return <span>{t('condition.noReads')}</span>
  const text = [clause.document, clause.article].filter(Boolean).join(' ')
  const isSame = before?.document === clause.document && before.article === clause.article
  return <span title={text}>{isSame ? t('condition.sameClause') : text}</span>
}
