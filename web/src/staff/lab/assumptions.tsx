import { useTranslation } from 'react-i18next'

/** What the figures take for granted. */
export function Assumptions() {
  const { t } = useTranslation('lab')
  return (
    <section className="card lab-table" aria-label={t('assumptions.title')}>
      <h2>{t('assumptions.title')}</h2>
      <ul className="lab-assumptions muted">
        {t('assumptions.items', { returnObjects: true }).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}
