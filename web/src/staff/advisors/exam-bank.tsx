import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Exam } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { QuestionDialog } from './question-dialog.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { useKeepExam } from './use-trainings.ts'

/** Rule and bank, for whoever keeps them. */
export function ExamBank({ exam: { rule, bank } }: { exam: Exam }) {
  const { t } = useTranslation('trainings')
  const [open, setOpen] = useState<'rule' | 'question'>()
  const keep = useKeepExam()
  const drawn = bank.filter(({ retired }) => !retired).length
  return (
    <section className="card advisor-part" aria-label={t('bank.title')}>
      <h2>{t('bank.title')}</h2>
      {rule && drawn < rule.questions ? (
        <p role="status">
          <Chip tone="amber">{t('bank.tooFew', { count: rule.questions - drawn })}</Chip>
        </p>
      ) : null}
      <p className="advisor-chips">
        <Button onClick={() => setOpen('rule')}>{t('rule.title')}</Button>
        <Button type="primary" onClick={() => setOpen('question')}>
          {t('bank.new')}
        </Button>
        <span className="muted">{t('bank.count', { count: drawn })}</span>
      </p>
      {bank.length === 0 ? <EmptyState title={t('bank.empty')} body={t('bank.emptyHint')} /> : null}
      <ul className="advisor-certificates">
        {bank.map(({ id, text, options, answer, source, retired }) => (
          <li key={id}>
            <strong>{text}</strong>
            <ol className="exam-options">
              {options.map((option, place) => (
                <li key={option}>
                  {option}{' '}
                  {place + 1 === answer ? <Chip tone="bridge">{t('bank.right')}</Chip> : null}
                </li>
              ))}
            </ol>
            <span className="muted small">{t('bank.source', { source })}</span>
            {retired ? (
              <Chip>{t('bank.retired')}</Chip>
            ) : (
              <Button size="small" onClick={() => keep.mutate({ retired: id })}>
                {t('bank.retire')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open === 'rule' ? <RuleDialog rule={rule} onClose={() => setOpen(undefined)} /> : null}
      {open === 'question' ? <QuestionDialog onClose={() => setOpen(undefined)} /> : null}
    </section>
  )
}
