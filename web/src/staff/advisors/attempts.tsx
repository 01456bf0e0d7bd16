import { useTranslation } from 'react-i18next'
import type { Exam } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'

/** Attempts at the examination, the latest first, each with what was right of how many. */
export function Attempts({ attempts }: { attempts: Exam['attempts'] }) {
  const { t } = useTranslation('trainings')
  if (attempts.length === 0) return <p className="muted">{t('exam.noAttempt')}</p>
  return (
    <ul className="advisor-before">
      {attempts.map((one) => (
        <li key={one.id}>
          <Day day={one.onDay} />{' '}
          {one.correct === null
            ? t('exam.open')
            : t('exam.score', { correct: one.correct, questions: one.questions })}{' '}
          {one.passed === null ? null : (
            <Chip tone={one.passed ? 'bridge' : 'amber'}>
              {t(one.passed ? 'exam.passed' : 'exam.failed')}
            </Chip>
          )}
        </li>
      ))}
    </ul>
  )
}
