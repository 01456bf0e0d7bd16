import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LeadRow } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { AmountText } from '../../ui/money.tsx'
import { yuanText } from '../../ui/yuan.ts'
import { TimeLeft } from '../clocks/time-left.tsx'

interface LeadTableRowProps {
  lead: LeadRow
  isCursor: boolean
  isOpen: boolean
  isSelected: boolean
  onOpen: () => void
  onToggle: () => void
}

/** As many chips as a row shows before it counts the rest. */
const CHIPS = 1

export function LeadTableRow({
  lead,
  isCursor,
  isOpen,
  isSelected,
  onOpen,
  onToggle,
}: LeadTableRowProps) {
  const { t } = useTranslation(['leads', 'words'])
  const marks = [
    isCursor && 'lead-row-cursor',
    isOpen && 'lead-row-open',
    isSelected && 'lead-row-selected',
  ]
  return (
    // The button inside serves keyboards and screen readers; the row only widens it for the mouse.
    <tr
      className={['lead-row', ...marks].filter(Boolean).join(' ')}
      data-lead={lead.id}
      onClick={onOpen}
    >
      <td className="lead-select" onClick={(event) => event.stopPropagation()}>
        <Checkbox
          aria-label={t('selectRow', { head: lead.head })}
          checked={isSelected}
          onChange={onToggle}
        />
      </td>
      <td className="lead-household">
        <button
          type="button"
          className="plain-button lead-open"
          aria-label={
            lead.clinical
              ? t('clinical.label', { row: t('openRow', { head: lead.head }) })
              : t('openRow', { head: lead.head })
          }
          onClick={(event) => {
            event.stopPropagation()
            onOpen()
          }}
        >
          {lead.head}
        </button>{' '}
        <span className="muted small">{t('size', { count: lead.size })}</span>
        {lead.clinical ? <ClinicalChip /> : null}
      </td>
      <td
        className="lead-area"
        title={[lead.area.township, lead.area.name].filter(Boolean).join(' ')}
      >
        {shortAreaName(lead.area.name)}
      </td>
      <td className="lead-missing">
        <MissingChips lead={lead} />
      </td>
      <td className="lead-monthly">
        <Monthly lead={lead} />
      </td>
      <td className="lead-why" title={lead.why}>
        <span>{lead.why}</span>
      </td>
      <td className="lead-since">
        <Day day={lead.since} relative />
        {lead.clock && lead.clock.state !== 'ended' ? <TimeLeft clock={lead.clock} /> : null}
      </td>
      <td className="lead-assignee">
        {lead.assignee ? lead.assignee.name : <span className="muted">{t('unassigned')}</span>}
      </td>
    </tr>
  )
}

/** Tells the lead apart from the other one of the same household. */
function ClinicalChip() {
  const { t } = useTranslation('leads')
  return (
    <span className="lead-clinical" title={t('clinical.why')}>
      <Chip tone="outline">{t('clinical.chip')}</Chip>
    </span>
  )
}

/** Each programme once, as sure as its surest line. */
function programmesOf(lead: LeadRow): { name: string; isSure: boolean }[] {
  const sure = new Map<string, boolean>()
  for (const { programmeName, verdict } of lead.lines) {
    sure.set(programmeName, (sure.get(programmeName) ?? false) || verdict === 'eligible')
  }
  return [...sure].map(([name, isSure]) => ({ name, isSure }))
}

function MissingChips({ lead }: { lead: LeadRow }) {
  const programmes = programmesOf(lead)
  const rest = programmes.slice(CHIPS).map(({ name }) => name)
  return (
    <span className="lead-chips">
      {programmes.slice(0, CHIPS).map(({ name, isSure }) => (
        <Chip key={name} tone={isSure ? 'bridge' : 'amber'}>
          {isSure ? null : '? '}
          {name}
        </Chip>
      ))}
      {rest.length > 0 ? (
        <span className="muted small" title={rest.join('、')}>
          +{rest.length}
        </span>
      ) : null}
    </span>
  )
}

/** What it would bring: the sure sum by the month, else what its first line that pays says. */
function Monthly({ lead }: { lead: LeadRow }) {
  const { t } = useTranslation(['leads', 'words'])
  const { monthlyFen, monthlyMaxFen } = lead
  if (monthlyFen > 0 || monthlyMaxFen === null || monthlyMaxFen > 0) {
    return (
      <span className="number">
        {yuanText(monthlyFen)}
        {monthlyMaxFen !== null && monthlyMaxFen > monthlyFen
          ? t('upTo', { max: yuanText(monthlyMaxFen) })
          : null}
        {monthlyMaxFen === null ? t('orMore') : null}
        <span className="muted small"> {t('words:per.month')}</span>
      </span>
    )
  }
  const sure = lead.lines.filter(
    ({ state, verdict }) => state !== 'closed' && verdict === 'eligible',
  )
  const paying = sure.find(({ amount }) => amount.kind === 'exact')
  if (paying) return <AmountText amount={paying.amount} />
  const kinds = sure.map(({ amount }) => amount.kind)
  const word = (['official', 'range', 'unknown', 'none'] as const).find((one) =>
    kinds.includes(one),
  )
  return <span className="muted">{t(`pays.${word ?? 'unknown'}`)}</span>
}
