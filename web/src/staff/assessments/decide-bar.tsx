import { Alert, App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdAssessment, NeedsAssessment } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { Standing } from './standing.tsx'
import { useDecideAssessment } from './use-assessments.ts'

interface DecideBarProps {
  id: number
  data: HouseholdAssessment
  open: NeedsAssessment
}

/** What waits for somebody else: approved or returned by an official who wrote nothing in it. */
export function DecideBar({ id, data, open }: DecideBarProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const decide = useDecideAssessment(id)
  const [because, setBecause] = useState('')
  const isReason = because.trim().length > 1
  if (!data.may.includes('decide'))
    return <Alert type="info" showIcon title={t('decide.title')} description={t('decide.waits')} />
  const say = (decision: 'approved' | 'returned') =>
    decide.mutate(
      {
        seen: open.edit,
        decision,
        ...(decision === 'returned' ? { because: because.trim() } : {}),
      },
      {
        onSuccess: () => void message.success(t(`decide.${decision}`)),
        onError: (error) => void message.warning(problemText(error)),
      },
    )
  return (
    <>
      <section className="card assess-card" aria-label={t('decide.title')}>
        <h2>{t('decide.title')}</h2>
        <p className="muted">{t('decide.hint')}</p>
        <div className="assess-decide">
          <Input
            aria-label={t('decide.because')}
            placeholder={t('decide.because')}
            maxLength={300}
            value={because}
            onChange={({ target }) => setBecause(target.value)}
          />
          <Button disabled={!isReason} loading={decide.isPending} onClick={() => say('returned')}>
            {t('decide.return')}
          </Button>
          <Button type="primary" loading={decide.isPending} onClick={() => say('approved')}>
            {t('decide.approve')}
          </Button>
        </div>
      </section>
      {data.current ? <Standing one={open} action={null} /> : null}
    </>
  )
}
