import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Authorisation, Household } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { memberName } from '../households/facts.ts'
import { useWithdraw } from './use-consents.ts'

interface AuthorisationRowProps {
  household: Household
  authorisation: Authorisation
}

/** One authorisation or consent with its term, taken back with one press. */
export function AuthorisationRow({ household, authorisation }: AuthorisationRowProps) {
  const { t } = useTranslation('consents')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const withdraw = useWithdraw(household, 'authorisations')
  const { id, purposeName, personId, from, to, evidence, state, recordedBy } = authorisation
  const {
    withdrawnOn,
    withdrawnBy,
    recipient,
    guardianName,
    guardianRelation,
    noticeVersion,
    way,
  } = authorisation
  const isLive = state === 'valid' || state === 'coming' || state === 'reconfirm'
  return (
    <li className={isLive ? undefined : 'consent-over'}>
      <p>
        <strong>{memberName(household, personId) || t('whole')}</strong>
        <span>{[purposeName, recipient].filter(Boolean).join(' → ')}</span>
        <span className="number">
          <Day day={from} /> – <Day day={to} />
        </span>
        <Chip tone={state === 'valid' ? 'bridge' : state === 'reconfirm' ? 'amber' : 'plain'}>
          {t(`authorisations.state.${state}`)}
        </Chip>
      </p>
      <p className="muted small">
        {guardianName
          ? `${t('purposes.byGuardian', { name: guardianName, relation: guardianRelation })} · `
          : null}
        {way ? `${t(`purposes.way.${way}`)} · ` : null}
        {noticeVersion ? `${t('purposes.noticeVersion', { version: noticeVersion })} · ` : null}
        {evidence} · {t('recordedBy', { by: recordedBy })}
        {withdrawnOn ? ` · ${t('withdrawnBy', { by: withdrawnBy, day: withdrawnOn })}` : null}
      </p>
      {isLive && household.may.includes('record-fact') ? (
        <Button
          size="small"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(id, {
              onSuccess: () => void message.success(t('authorisations.takenBack')),
              onError: (failure) => void message.warning(problemText(failure)),
            })
          }
        >
          {t('authorisations.takeBack')}
        </Button>
      ) : null}
    </li>
  )
}
