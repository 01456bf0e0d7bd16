import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Exam } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { Attempts } from './attempts.tsx'
import { ExamBank } from './exam-bank.tsx'
import { ExamPaper } from './exam-paper.tsx'
import { examQuery, useDrawExam } from './use-trainings.ts'
import './advisors.css'

/** 上岗考试: sat by advisors, kept by the district. */
export function ExamPage() {
  const { t } = useTranslation(['trainings', 'advisors'])
  const { data, error, refetch } = useQuery(examQuery)
  return (
    <>
      <PageTitle
        back={<Link to="/advisors">{t('advisors:title')}</Link>}
        title={t('exam.title')}
        summary={data ? <RuleWords rule={data.rule} /> : null}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.may.sit ? <Sitting exam={data} /> : null}
      {data?.may.keep ? <ExamBank exam={data} /> : null}
    </>
  )
}

function RuleWords({ rule }: { rule: Exam['rule'] }) {
  const { t } = useTranslation('trainings')
  if (!rule) return <>{t('exam.noRule')}</>
  return <>{t('exam.ruleIs', { questions: rule.questions, percent: rule.passPercent })}</>
}

function Sitting({ exam }: { exam: Exam }) {
  const { t } = useTranslation('trainings')
  const problemText = useProblemText()
  const draw = useDrawExam()
  if (draw.data) return <ExamPaper paper={draw.data} onDone={() => draw.reset()} />
  return (
    <section className="card advisor-part" aria-label={t('exam.own')}>
      <h2>{t('exam.own')}</h2>
      <Attempts attempts={exam.attempts} />
      <p>
        <Button type="primary" loading={draw.isPending} onClick={() => draw.mutate()}>
          {t(exam.attempts[0]?.correct === null ? 'exam.goOn' : 'exam.start')}
        </Button>
      </p>
      <p role="alert" className="advisors-problem">
        {draw.error ? problemText(draw.error) : null}
      </p>
    </section>
  )
}
