import { useTranslation } from 'react-i18next'
import type { Member } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import './members.css'

/** 人户分离, and how far; nothing for whoever lives where they are registered, or where nothing is known. */
export function OffHukouChip({ member }: { member: Member }) {
  const { t } = useTranslation('members')
  const { standing } = member.registration
  if (standing === 'same' || standing === 'unknown') return null
  return (
    <Chip tone="amber">
      {t('hukou.off')} · {t(`hukou.standing.${standing}`)}
    </Chip>
  )
}

/** Who accepts the applications of members registered elsewhere and who assists, one sentence for each place; and where records differ. */
export function OffHukouNote({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation('members')
  const off = members.filter(({ registration }) => registration.assists !== null)
  const differing = members.filter(({ registration }) => registration.differs !== null)
  if (off.length === 0 && differing.length === 0) return null
  const places = [...new Set(off.map(({ registration }) => registration.place))]
  return (
    <div className="off-hukou card" role="note">
      {places.map((place) => {
        const those = off.filter(({ registration }) => registration.place === place)
        const { accepts, assists } = those[0]?.registration ?? {}
        const names = those.map(({ name }) => name).join(t('hukou.and'))
        const how = place === null ? 'unplaced' : accepts ? 'accepted' : 'outside'
        return <p key={place}>{t(`hukou.${how}`, { names, place, accepts, assists })}</p>
      })}
      {off.length > 0 ? <p className="muted small">{t('hukou.law')}</p> : null}
      {differing.map(({ personId, name, registration }) => (
        <p key={personId} className="off-hukou-differs">
          {t('hukou.differs', { name, said: registration.differs })}
        </p>
      ))}
    </div>
  )
}
