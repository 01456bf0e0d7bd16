import { useTranslation } from 'react-i18next'
import type { Condition, Household, Result } from '../../api/views.ts'
import { FactSource } from '../../ui/fact-source.tsx'
import { ConditionVerdict } from '../../ui/verdict.tsx'
import { readView } from './facts.ts'
import { useMeasureText } from './measure.ts'

/** As many facts as a condition lists before it says how many more there are. */
const READS = 4

interface ConditionTableProps {
  result: Result
  household: Household
}

/** Each condition: what this household has, where the line is, the verdict and the clause. */
export function ConditionTable({ result, household }: ConditionTableProps) {
  const { t } = useTranslation('households')
  if (result.conditions.length === 0) return null
  return (
    <table className="conditions">
      <caption className="visually-hidden">
        {t('condition.caption', { programme: result.programmeName })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('condition.text')}</th>
          <th scope="col">{t('condition.own')}</th>
          <th scope="col">{t('condition.standard')}</th>
          <th scope="col">{t('condition.verdict')}</th>
          <th scope="col">{t('condition.clause')}</th>
        </tr>
      </thead>
      <tbody>
        {result.conditions.map((condition) => (
          <ConditionRow
            key={condition.id}
            condition={condition}
            result={result}
            household={household}
          />
        ))}
      </tbody>
    </table>
  )
}

interface ConditionRowProps extends ConditionTableProps {
  condition: Condition
}

function ConditionRow({ condition, result, household }: ConditionRowProps) {
  const { t } = useTranslation(['households', 'words'])
  const measure = useMeasureText(condition.measure)
  return (
    <tr className={`condition condition-${condition.verdict}`}>
      <th scope="row">{condition.text}</th>
      <td data-label={t('condition.own')}>
        {measure ? <strong className="number">{measure.own}</strong> : null}
        {condition.reads.length > 0 ? (
          <Reads condition={condition} result={result} household={household} />
        ) : null}
        {measure || condition.reads.length > 0 ? null : (
          <span className="muted">{t('condition.noReads')}</span>
        )}
      </td>
      <td data-label={t('condition.standard')}>
        {measure ? (
          <>
            <span className="number">{measure.standard}</span>
            {measure.distance && condition.verdict === 'unmet' ? (
              <span className="fact-source muted">{measure.distance}</span>
            ) : null}
          </>
        ) : (
          <span className="muted">{t('condition.noReads')}</span>
        )}
      </td>
      <td data-label={t('condition.verdict')}>
        <ConditionVerdict verdict={condition.verdict} />
      </td>
      <td data-label={t('condition.clause')} className="condition-clause">
        {condition.clause?.document}
        {condition.clause?.article ? (
          <span className="muted"> {condition.clause.article}</span>
        ) : null}
      </td>
    </tr>
  )
}

function Reads({ condition, result, household }: ConditionRowProps) {
  const { t } = useTranslation('words')
  const shown = condition.reads.slice(0, READS)
  const rest = condition.reads.length - shown.length
  return (
    <ul className="reads">
      {shown.map((read) => {
        const view = readView(household, result, read)
        return (
          <li key={`${read.fact}-${read.member ?? ''}`}>
            <span className="muted">
              {view.whose ? `${view.whose} ` : null}
              {view.name}
            </span>{' '}
            {view.value === null ? (
              <span className="read-unknown">{t('unknown')}</span>
            ) : (
              <span className="number">{view.value || t('none')}</span>
            )}
            {view.value === null ? null : <FactSource source={view.source} day={view.day} />}
          </li>
        )
      })}
      {rest > 0 ? <li className="muted">{t('more', { count: rest })}</li> : null}
    </ul>
  )
}
