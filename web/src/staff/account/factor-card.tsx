import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, Offer } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { AuthenticatorOffer } from './authenticator-offer.tsx'
import { ConfirmPassword } from './confirm-password.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useConfirm, useOffer, useRenew, useTurnOff } from './use-account.ts'

/** What is being done; each begins with the password. */
type Doing = 'set-up' | 'turn-off' | 'renew'

/** Below this many codes to recover with it is time for new ones. */
const FEW = 4

export function FactorCard({ account }: { account: Account }) {
  const { t } = useTranslation('account')
  const { since, needed, recoveryCodesLeft } = account.secondFactor
  const [doing, setDoing] = useState<Doing>()
  return (
    <section className="card account-card" aria-labelledby="account-factor">
      <header>
        <h2 id="account-factor">
          {t('factor.title')}{' '}
          {since ? <Chip tone="bridge">{t('factor.on')}</Chip> : <Chip>{t('factor.off')}</Chip>}
        </h2>
        {doing || !account.hasPassword ? null : (
          <div className="account-buttons">
            <Button onClick={() => setDoing('set-up')}>
              {since ? t('factor.replace') : t('factor.turnOn')}
            </Button>
            {since && !needed ? (
              <Button onClick={() => setDoing('turn-off')}>{t('factor.turnOff')}</Button>
            ) : null}
          </div>
        )}
      </header>
      <p className="muted">
        {since ? (
          <>
            {t('factor.since')} <Moment at={since} />
            {needed ? ` · ${t('factor.needed')}` : null}
          </>
        ) : (
          t('factor.lead')
        )}
      </p>
      {since && !doing ? (
        <div className="recovery-left">
          <p>
            <strong>{t('recovery.title')}</strong>{' '}
            {t('recovery.left', { count: recoveryCodesLeft })}
            {recoveryCodesLeft < FEW ? ` · ${t('recovery.few')}` : null}
            <br />
            <span className="muted small">{t('recovery.lead')}</span>
          </p>
          {account.hasPassword ? (
            <Button size="small" onClick={() => setDoing('renew')}>
              {t('recovery.renew')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {doing ? (
        <Steps doing={doing} username={account.username} onDone={() => setDoing(undefined)} />
      ) : null}
    </section>
  )
}

interface StepsProps {
  doing: Doing
  username: string
  onDone: () => void
}

/** Password first, then what it was asked for. */
function Steps({ doing, username, onDone }: StepsProps) {
  const { t } = useTranslation('account')
  const { message } = App.useApp()
  const [offer, setOffer] = useState<Offer>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [ask, confirm, turnOff, renew] = [useOffer(), useConfirm(), useTurnOff(), useRenew()]

  async function go(password: string): Promise<void> {
    if (doing === 'set-up') setOffer(await ask.mutateAsync(password))
    if (doing === 'renew') setCodes((await renew.mutateAsync(password)).recoveryCodes)
    if (doing === 'turn-off') {
      await turnOff.mutateAsync(password)
      void message.success(t('factor.turnedOff'))
      onDone()
    }
  }
  async function finish(code: string): Promise<void> {
    setCodes((await confirm.mutateAsync(code)).recoveryCodes)
    void message.success(t('factor.turnedOn'))
  }

  if (codes) return <RecoveryCodes codes={codes} done={t('recovery.done')} onDone={onDone} />
  if (offer)
    return <AuthenticatorOffer offer={offer} submit={t('factor.finish')} onConfirm={finish} />
  return <ConfirmPassword username={username} onGo={go} onCancel={onDone} />
}
