import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consents, Household, MissingConsent, Purpose } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { memberName } from '../households/facts.ts'
import { AuthorisationRow } from './authorisation-row.tsx'
import { ConsentForm } from './consent-form.tsx'

interface PurposeSectionProps {
  purpose: Purpose
  household: Household
  consents: Consents
}

/** One purpose: the notice to be signed, what was consented to, and of a check of means who is missing. */
export function PurposeSection({ purpose, household, consents }: PurposeSectionProps) {
  const { t } = useTranslation('consents')
  const [isOpen, setOpen] = useState(false)
  const { name, law, lawConfirmed, inForce } = purpose
  const given = consents.authorisations.filter(
    (one) => one.purpose === purpose.id && one.noticeId !== null,
  )
  return (
    <div className="consent-purpose">
      <header>
        <h3 className="consent-purpose-name">{name}</h3>
        {inForce && household.may.includes('record-fact') && !isOpen ? (
          <Button
            size="small"
            aria-label={t('purposes.recordFor', { name })}
            onClick={() => setOpen(true)}
          >
            {t('purposes.record')}
          </Button>
        ) : null}
      </header>
      <p className="muted small">
        {law}
        {lawConfirmed ? null : t('purposes.unconfirmed')}
      </p>
      {inForce ? null : <p className="consent-problem">{t('purposes.notPublished')}</p>}
      {isOpen && inForce ? (
        <ConsentForm
          household={household}
          purpose={purpose}
          noticeId={inForce}
          onDone={() => setOpen(false)}
        />
      ) : null}
      {purpose.id === 'means-check' ? (
        <WhoIsMissing household={household} missing={consents.meansCheck.missing} />
      ) : null}
      {inForce && given.length === 0 ? <p className="muted">{t('purposes.none')}</p> : null}
      <ul className="consent-list">
        {given.map((one) => (
          <AuthorisationRow key={one.id} household={household} authorisation={one} />
        ))}
      </ul>
      {inForce ? <PrintLinks household={household} name={name} noticeId={inForce} /> : null}
    </div>
  )
}

interface WhoIsMissingProps {
  household: Household
  missing: readonly MissingConsent[]
}

function WhoIsMissing({ household, missing }: WhoIsMissingProps) {
  const { t } = useTranslation('consents')
  if (missing.length === 0)
    return (
      <p>
        <Chip tone="bridge">{t('purposes.complete')}</Chip>
      </p>
    )
  return (
    <div className="consent-missing">
      <p>{t('purposes.incomplete', { count: missing.length })}</p>
      <ul>
        {missing.map(({ personId, why }) => (
          <li key={personId}>
            <strong>{memberName(household, personId)}</strong> {t(`purposes.missing.${why}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface PrintLinksProps {
  household: Household
  name: string
  noticeId: number
}

/** The notice with the name of each member on it, to be printed and signed. */
function PrintLinks({ household, name, noticeId }: PrintLinksProps) {
  const { t } = useTranslation('consents')
  return (
    <nav className="consent-print" aria-label={t('purposes.printFor', { name })}>
      <span className="muted small">{t('purposes.print')}</span>
      {household.members.map((member) => (
        <Link
          key={member.personId}
          to="/notices/$noticeId"
          params={{ noticeId: String(noticeId) }}
          search={{ household: String(household.id), person: String(member.personId) }}
        >
          {member.name}
        </Link>
      ))}
    </nav>
  )
}
