import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './facet-list.css'

interface FacetListProps {
  title: string
  facets: readonly { id: string; name: string; count?: number | undefined }[]
  chosen: string | undefined
  /** The chosen one pressed again gives undefined: the filter is lifted. */
  onChoose: (id: string | undefined) => void
}

const SHOWN = 8

export function FacetList({ title, facets, chosen, onChoose }: FacetListProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const heading = useId()
  if (facets.length === 0) return null
  const visible = all
    ? facets
    : facets.filter((facet, index) => index < SHOWN || facet.id === chosen)
  const hidden = facets.length - visible.length
  return (
    <section className="facet-list" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul>
        {visible.map((facet) => (
          <li key={facet.id}>
            <button
              type="button"
              className="plain-button facet"
              aria-pressed={facet.id === chosen}
              onClick={() => onChoose(facet.id === chosen ? undefined : facet.id)}
            >
              <span className="facet-name">{facet.name}</span>
              {facet.count === undefined ? null : (
                <span className="facet-count number">{facet.count.toLocaleString('zh-CN')}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <button type="button" className="plain-button facet-more" onClick={() => setAll(true)}>
          {t('more', { count: hidden })}
        </button>
      ) : null}
    </section>
  )
}
