import { DatePicker, InputNumber, Radio, Select } from 'antd'
import dayjs, { isDayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { FactValue, HouseholdFact } from '../../api/views.ts'

/** Stands for "known to have none" in a list of codes, where null cannot be an option. */
const NONE = '—none—'

interface FactFieldProps {
  fact: HouseholdFact
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

/** What is typed into the form, as the API wants it: money in fen, days as YYYY-MM-DD. */
export function factValue(fact: HouseholdFact, written: unknown): FactValue {
  if (written === NONE || written === null || written === undefined) return null
  if (isDayjs(written)) return written.format('YYYY-MM-DD')
  if (fact.type === 'money' && typeof written === 'number') return Math.round(written * 100)
  if (typeof written === 'number' || typeof written === 'boolean') return written
  return typeof written === 'string' ? written : null
}

/** A known value as the form shows it: pre-filled, never asked twice. */
export function shownValue(fact: HouseholdFact): unknown {
  if (fact.state === 'unknown') return undefined
  if (fact.state === 'known-none') return fact.type === 'code' ? NONE : undefined
  if (fact.type === 'money' && typeof fact.value === 'number') return fact.value / 100
  if (fact.type === 'date' && typeof fact.value === 'string') return dayjs(fact.value)
  return fact.value
}

export function FactField({ fact, id, value, onChange }: FactFieldProps) {
  const { t } = useTranslation(['households', 'words'])
  const change = (next: unknown) => onChange?.(next)
  const own = id === undefined ? {} : { id }
  switch (fact.type) {
    case 'boolean':
      return (
        <Radio.Group
          {...own}
          optionType="button"
          value={value}
          onChange={(event) => change(event.target.value)}
          options={[
            { value: true, label: t('words:yes') },
            { value: false, label: t('words:no') },
          ]}
        />
      )
    case 'date':
      return <DatePicker {...own} value={isDayjs(value) ? value : null} onChange={change} />
    case 'code': {
      const codes = (fact.codes ?? []).map(({ code, name }) => ({ value: code, label: name }))
      const none = fact.nullable ? [{ value: NONE, label: t('form.none') }] : []
      return (
        <Select
          {...own}
          value={value}
          placeholder={t('form.choose')}
          options={[...none, ...codes]}
          onChange={change}
        />
      )
    }
    case 'money':
    case 'integer':
    case 'number':
      return (
        <InputNumber
          {...own}
          value={typeof value === 'number' ? value : null}
          onChange={change}
          suffix={fact.unit ?? undefined}
          precision={fact.type === 'integer' ? 0 : 2}
          controls={false}
        />
      )
  }
}
