import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.tsx'
import { BridgeMark } from '../ui/bridge-mark.tsx'
import { PlaceLink } from './place-link.tsx'
import { placesOf } from './places.ts'

interface RailProps {
  folded: boolean
  onFold: (folded: boolean) => void
}

export function Rail({ folded, onFold }: RailProps) {
  const { t } = useTranslation(['app', 'words'])
  const session = useSession()
  return (
    <nav className="rail" aria-label={t('rail')}>
      <Link to="/" className="rail-brand" aria-label={t('title')}>
        <BridgeMark />
        {folded ? null : (
          <span className="rail-brand-words">
            <strong>{t('words:brand')}</strong>
            <span>{t('words:brandLine')}</span>
          </span>
        )}
      </Link>
      <ul className="rail-places">
        {placesOf(session).map((place) => (
          <li key={place}>
            <PlaceLink place={place} bare={folded} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="plain-button rail-fold"
        aria-label={t(folded ? 'expand' : 'collapse')}
        onClick={() => onFold(!folded)}
      >
        {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      </button>
    </nav>
  )
}
