import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const COLUMNS = ['owner', 'legalBasis', 'cadence', 'trust', 'contact'] as const

/** One source: what is confirmed of it, what is not, and the facts it delivers. */
export function SourceCard({ source }: { source: Source }) {
  const { t, i18n } = useTranslation('exchange')
  const name = i18n.language === 'en' ? source.en : source.name
  return (
    <li className="card source-card">
      <div className="source-head">
        <h2>{name}</h2>
        {source.fields.length > 0 ? (
          <Button
            href={`/api/sources/${source.id}/template.csv`}
            download={`${source.id}.csv`}
            aria-label={t('templateOf', { name })}
          >
            {t('template')}
          </Button>
        ) : null}
      </div>
      <dl className="source-terms">
        {COLUMNS.map((column) => (
          <div key={column}>
            <dt>{t(`column.${column}`)}</dt>
            <dd>{source[column] ?? <Chip>{t('unconfirmed')}</Chip>}</dd>
          </div>
        ))}
      </dl>
      {source.fields.length > 0 ? (
        <details>
          <summary>{t('fields', { count: source.fields.length })}</summary>
          <p>
            {source.fields
              .map((field) => (field.unit ? `${field.name}(${field.unit})` : field.name))
              .join(' · ')}
          </p>
        </details>
      ) : (
        <p className="source-none">{t('noFields')}</p>
      )}
    </li>
  )
}
