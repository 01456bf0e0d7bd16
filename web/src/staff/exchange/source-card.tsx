import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { save } from '../../ui/save.ts'
import { formOf } from '../../ui/xlsx.ts'
import { DropPoints } from './drop-points.tsx'
import { PushKeys } from './push-keys.tsx'
import { SourceDialog } from './source-dialog.tsx'
import { SourceHistory } from './source-history.tsx'

const COLUMNS = [
  'owner',
  'legalBasis',
  'cadence',
  'trust',
  'contact',
  'sharing',
  'method',
  'grade',
] as const

/** One source: what is confirmed of it, what is not, and the facts it delivers. */
export function SourceCard({ source }: { source: Source }) {
  const { t, i18n } = useTranslation('exchange')
  const [open, setOpen] = useState(false)
  const name = i18n.language === 'en' ? source.en : source.name
  const { behind } = source
  const columns = COLUMNS.filter((column) => column !== 'trust' || source.fields.length > 0)
  const said: { [C in (typeof COLUMNS)[number]]: ReactNode } = {
    ...source,
    cadence: source.cadence && t(`cadence.${source.cadence}`),
    trust: (
      <>
        {behind.length === 0
          ? t('trust.first')
          : t('trust.behind', { count: behind.length, facts: behind.join('、') })}{' '}
        {source.orderConfirmed ? null : <Chip>{t('unconfirmed')}</Chip>}
      </>
    ),
    sharing: source.sharing && t(`sharing.${source.sharing}`),
    method: source.method && t(`method.${source.method}`),
    grade: source.grade && t(`grade.${source.grade}`),
  }
  return (
    <li className="card source-card">
      <div className="source-head">
        <h2>{name}</h2>
        <span className="source-actions">
          <Button aria-label={t('terms.editOf', { name })} onClick={() => setOpen(true)}>
            {t('terms.edit')}
          </Button>
          {source.fields.length > 0 ? (
            <>
              <Button
                href={`/api/sources/${source.id}/template.csv`}
                download={`${source.id}.csv`}
                aria-label={t('templateOf', { name })}
              >
                {t('template')}
              </Button>
              <Button
                aria-label={t('templateXlsxOf', { name })}
                onClick={() => save(formOf(source.template, name), `${source.id}.xlsx`)}
              >
                {t('templateXlsx')}
              </Button>
            </>
          ) : null}
        </span>
      </div>
      <dl className="source-terms">
        {columns.map((column) => (
          <div key={column}>
            <dt>{t(`column.${column}`)}</dt>
            <dd>{said[column] ?? <Chip>{t('unconfirmed')}</Chip>}</dd>
          </div>
        ))}
        {source.lastOn ? (
          <div>
            <dt>{t('last')}</dt>
            <dd>
              <Day day={source.lastOn} />{' '}
              {source.dueOn && source.overdue ? (
                <Chip tone="amber">{t('overdue', { day: source.dueOn })}</Chip>
              ) : null}
            </dd>
          </div>
        ) : null}
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
      <PushKeys sourceId={source.id} name={name} />
      <DropPoints sourceId={source.id} name={name} />
      {source.statedId ? <SourceHistory id={source.id} /> : null}
      <SourceDialog source={source} name={name} open={open} onClose={() => setOpen(false)} />
    </li>
  )
}
