import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Question } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { FactForm } from '../households/fact-form.tsx'
import { findFact, memberName } from '../households/facts.ts'
import { householdQuestionsQuery } from './use-questions.ts'
import './next-questions.css'

/** The best questions of a household; an answer is written down where it is asked. */
export function NextQuestions({ household }: { household: Household }) {
  const { t } = useTranslation('questions')
  const { data } = useQuery(householdQuestionsQuery(household.id))
  const [open, setOpen] = useState<string | null>(null)
  if (!data) return null
  const keyOf = ({ fact, member }: Question) => `${fact}-${member ?? ''}`
  return (
    <section className="next-questions" aria-labelledby="next-questions">
      <header>
        <h2 id="next-questions">{t('panel.title')}</h2>
        {data.questions.length > 0 ? <span className="muted small">{t('panel.lead')}</span> : null}
      </header>
      {data.questions.length === 0 ? <p className="muted">{t('panel.nothing')}</p> : null}
      <ol>
        {data.questions.map((question) => {
          const key = keyOf(question)
          return (
            <li key={key} className="card next-question">
              <QuestionLine
                question={question}
                household={household}
                isOpen={open === key}
                onOpen={(isOpen) => setOpen(isOpen ? key : null)}
              />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

interface QuestionLineProps {
  question: Question
  household: Household
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
}

function QuestionLine({ question, household, isOpen, onOpen }: QuestionLineProps) {
  const { t } = useTranslation('questions')
  const fact = findFact(household, question.fact, question.member)
  const mayRecord = question.mayRecord && fact && household.may.includes('record-fact')
  const form = isOpen && mayRecord
  return (
    <>
      <div className="next-question-line">
        <p className="next-question-ask">
          {question.memberName ? <strong>{question.memberName}</strong> : null}
          <span>{question.ask}</span>
          {question.forFact ? (
            <span className="muted small">{t('panel.for', { fact: question.forFact })}</span>
          ) : null}
        </p>
        <span className="next-question-how">
          <Chip tone={question.way === 'consent' ? 'amber' : 'plain'}>
            {t(`way.${question.way}`)}
          </Chip>
          <span className="muted small">{t('panel.minutes', { count: question.cost })}</span>
        </span>
        {mayRecord ? (
          <Button size="small" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
            {t(isOpen ? 'panel.close' : 'panel.record')}
          </Button>
        ) : null}
      </div>
      <Settles question={question} />
      {form ? (
        <FactForm
          household={household}
          fact={fact}
          whose={memberName(household, question.member)}
          ask={fact.ask ?? null}
          onDone={() => onOpen(false)}
        />
      ) : null}
    </>
  )
}

/** The reason in a sentence, and behind it each programme with how likely it is settled. */
function Settles({ question }: { question: Question }) {
  const { t } = useTranslation('questions')
  const percent = (n: number) => Math.round(n * 100)
  return (
    <details className="next-question-settles">
      <summary aria-label={`${t('panel.detail')}：${question.why}`}>{question.why}</summary>
      <ul>
        {question.settles.map((one) => (
          <li key={`${one.programme}-${one.member ?? ''}`}>
            <span>
              {one.programmeName}
              {one.memberName ? <span className="muted"> {one.memberName}</span> : null}
            </span>
            <span className="muted small number">
              {t('panel.chance', { percent: percent(one.probability) })}
              {question.found === undefined
                ? null
                : ` · ${t('panel.eligible', { percent: percent(one.eligible) })}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted small">{question.basis}</p>
    </details>
  )
}
