import { useTranslation } from 'react-i18next'
import { PlaceLink } from './place-link.tsx'
import { placesOf } from './places.ts'
import { useSession } from './session.tsx'

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
