import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { enter } from '../../api/session.tsx'
import type { Session } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { AuthenticatorOffer } from '../account/authenticator-offer.tsx'
import { RecoveryCodes } from '../account/recovery-codes.tsx'

interface EnrolmentStepProps {
  onIn: () => void
  onAnew: () => void
}

interface Done {
  session: Session
  recoveryCodes: readonly string[]
}

/** For whoever may not sign in by a password alone and has no authenticator yet. */
export function EnrolmentStep({ onIn, onAnew }: EnrolmentStepProps) {
  const { t } = useTranslation('signin')
  const [done, setDone] = useState<Done>()
  const offer = useQuery({
    queryKey: ['enrolment'],
    queryFn: () => answerOf(api.POST('/api/session/enrolment', { body: {} })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const confirm = async (code: string) =>
    setDone(await answerOf(api.POST('/api/session/enrolment/confirmation', { body: { code } })))
  if (done) {
    const goIn = () => {
      enter(done.session)
      onIn()
    }
    return <RecoveryCodes codes={done.recoveryCodes} done={t('enrolment.go')} onDone={goIn} />
  }
  return (
    <div className="signin-enrolment">
      <h2 className="signin-step">{t('enrolment.title')}</h2>
      <p className="muted">{t('enrolment.lead')}</p>
      {offer.isPending ? <LoadingState rows={3} /> : null}
      {offer.error ? <ErrorState error={offer.error} /> : null}
      {offer.data ? (
        <AuthenticatorOffer offer={offer.data} submit={t('enrolment.submit')} onConfirm={confirm} />
      ) : null}
      <div className="signin-other">
        <Button type="link" onClick={onAnew}>
          {t('code.anew')}
        </Button>
      </div>
    </div>
  )
}
