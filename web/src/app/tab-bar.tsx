import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.tsx'
import { PlaceLink } from './place-link.tsx'
import { placesOf } from './places.ts'

/** The rail's places at the foot of a phone. */
export function TabBar() {
  const { t } = useTranslation('app')
  const session = useSession()
  return (
    <nav className="tab-bar" aria-label={t('rail')}>
      {placesOf(session).map((place) => (
        <PlaceLink key={place} place={place} />
      ))}
    </nav>
  )
}
