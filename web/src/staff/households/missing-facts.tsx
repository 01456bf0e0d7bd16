import { Button } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Result } from '../../api/views.ts'
import { FactForm } from './fact-form.tsx'
import { findFact, memberName } from './facts.ts'
import { inAskingOrder, QuestionsContext, waitingFor } from './questions.ts'

interface MissingFactsProps {
  result: Result
  household: Household
}

/** What is still needed: the first as a form, the others one press away. */
export function MissingFacts({ result, household }: MissingFactsProps) {
  const { t } = useTranslation('households')
  const questions = useContext(QuestionsContext)
  const [chosen, setChosen] = useState(0)
  if (result.missing.length === 0) {
    return result.reasons.some((reason) => reason.startsWith('parameter')) ? (
      <p className="muted small">{t('missing.policy')}</p>
    ) : null
  }
  const asked = inAskingOrder(questions, result.missing)
  const at = Math.min(chosen, asked.length - 1)
  const current = asked[at]
  const others = current ? waitingFor(questions, current) - 1 : 0
  const fact = current ? findFact(household, current.fact, current.member) : undefined
  const editable = household.may.includes('record-fact')
  return (
    <section className="missing">
      <h5>
        {t('missing.title')} <span>{t('missing.one', { count: result.missing.length })}</span>
      </h5>
      {others > 0 && editable ? (
        <p className="muted small">{t('missing.helps', { count: others })}</p>
      ) : null}
      {current && fact && editable ? (
        <FactForm
          key={`${current.fact}-${current.member ?? ''}`}
          household={household}
          fact={fact}
          whose={memberName(household, current.member)}
          ask={fact.ask ?? null}
        />
      ) : null}
      <ul className="missing-others">
        {asked.map((missing, index) => {
          const whose = memberName(household, missing.member)
          const name = whose ? `${whose} · ${missing.name}` : missing.name
          if (index === at && fact && editable) return null
          return (
            <li key={`${missing.fact}-${missing.member ?? ''}`}>
              {editable ? (
                <Button size="small" onClick={() => setChosen(index)}>
                  {name}
                </Button>
              ) : (
                name
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
