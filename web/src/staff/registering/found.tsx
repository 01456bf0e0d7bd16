import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PersonHit, PersonSearch } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const REASONS = [
  'same-id-number',
  'like-id-number',
  'same-name',
  'same-sound',
  'same-shape',
  'same-birth-date',
  'like-birth-date',
  'same-phone',
  'same-address',
] as const

interface FoundProps {
  found: PersonSearch
  /** Whose member is sought, if anybody's: whoever is found may join it. */
  household: string | undefined
  onJoin: (hit: PersonHit) => void
}

/** Who on record may be the person sought, and why; of other townships only that there is somebody. */
export function Found({ found, household, onJoin }: FoundProps) {
  const { t } = useTranslation('registering')
  return (
    <section className="registering-found" aria-label={t('found')}>
      {found.elsewhere.map((township) => (
        <Alert key={township} type="warning" showIcon title={t('elsewhere', { township })} />
      ))}
      {found.hits.length === 0 ? (
        <p className="card registering-none">{t('none')}</p>
      ) : (
        <>
          <h2>{t('hits', { count: found.hits.length })}</h2>
          <ul className="card registering-hits">
            {found.hits.map((hit) => (
              <li key={hit.personId}>
                <HitLine hit={hit} />
                {household ? (
                  <Joins hit={hit} household={household} onJoin={() => onJoin(hit)} />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function HitLine({ hit }: { hit: PersonHit }) {
  const { t } = useTranslation('registering')
  const { township, name } = hit.area
  return (
    <div>
      <p className="registering-who">
        <Link
          className="household-link"
          to="/households/$householdId"
          params={{ householdId: String(hit.householdId) }}
        >
          {hit.name}
        </Link>
        {hit.birthDate ? <span className="number">{hit.birthDate}</span> : null}
        <span className="muted number">{hit.registerNo}</span>
      </p>
      <p className="muted">{[township, name, hit.address].filter(Boolean).join(' · ')}</p>
      <p className="registering-reasons">
        {REASONS.filter((reason) => hit.reasons.includes(reason)).map((reason) => (
          <Chip key={reason}>{t(`reason.${reason}`)}</Chip>
        ))}
      </p>
    </div>
  )
}

interface JoinsProps {
  hit: PersonHit
  household: string
  onJoin: () => void
}

function Joins({ hit, household, onJoin }: JoinsProps) {
  const { t } = useTranslation('registering')
  if (String(hit.householdId) === household) return <p className="muted">{t('isMember')}</p>
  return (
    <Button size="small" onClick={onJoin}>
      {t('joins')}
    </Button>
  )
}
