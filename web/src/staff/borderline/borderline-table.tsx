import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { NearLine } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { yuanText } from '../../ui/yuan.ts'

const COLUMNS = ['household', 'area', 'programme', 'own', 'line', 'gap', 'since'] as const
const FIGURES: readonly string[] = ['own', 'line', 'gap']

export function BorderlineTable({ items }: { items: readonly NearLine[] }) {
  const { t } = useTranslation('borderline')
  return (
    <table className="borderline-table">
      <caption className="visually-hidden">{t('title')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th
              key={column}
              scope="col"
              className={FIGURES.includes(column) ? 'borderline-figure' : undefined}
            >
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={`${item.householdId}-${item.programme}-${item.member ?? ''}`} item={item} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ item }: { item: NearLine }) {
  const { t } = useTranslation('borderline')
  const percent = (item.permille / 10).toFixed(1)
  return (
    <tr>
      <td>
        <Link
          to="/households/$householdId"
          params={{ householdId: String(item.householdId) }}
          search={{ programme: item.programme }}
          className="borderline-link"
        >
          {item.head}
        </Link>{' '}
        <span className="muted small number">{item.registerNo}</span>
      </td>
      <td data-label={t('column.area')}>
        {item.area.township ? <span className="muted">{item.area.township} · </span> : null}
        {item.area.name}
      </td>
      <td data-label={t('column.programme')}>
        {item.programmeName} {item.member ? <Chip tone="outline">{item.member}</Chip> : null}
      </td>
      <td className="borderline-figure" data-label={t('column.own')}>
        <span className="muted small">{item.label} </span>
        <span className="number">{yuanText(item.value)}</span>
      </td>
      <td className="borderline-figure number" data-label={t('column.line')}>
        {yuanText(item.line)} <span className="muted small">{item.unit}</span>
      </td>
      <td className="borderline-figure number" data-label={t('column.gap')}>
        <strong>
          {t(item.exact ? 'gap' : 'gapAtLeast', { gap: yuanText(item.gap), percent })}
        </strong>
      </td>
      <td data-label={t('column.since')}>
        <Day day={item.since} relative />
      </td>
    </tr>
  )
}
