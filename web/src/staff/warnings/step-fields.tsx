import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Warning, WarningStep } from '../../api/views.ts'
import { SEVERITIES } from './use-warnings.ts'
import { staffQuery } from '../leads/use-leads.ts'

const WAYS = ['home', 'phone', 'station'] as const
const OUTCOMES = ['confirmed', 'false_positive', 'already_covered', 'moved_or_deceased'] as const
const AUTHORITIES = ['police', 'civil-affairs'] as const

interface StepFieldsProps {
  kind: WarningStep['kind']
  warning: Warning
}

/** What a step needs beside words. */
export function StepFields({ kind, warning }: StepFieldsProps) {
  const { t } = useTranslation('warnings')
  const rules = [{ required: true, message: t('field.needed') }]
  if (kind === 'dispatch')
    return (
      <Form.Item name="to" label={t('field.to')} rules={rules}>
        <Colleagues area={warning.area.id} />
      </Form.Item>
    )
  if (kind === 'contact' && warning.topic === 'word')
    return (
      <Form.Item name="severity" label={t('field.severity')} initialValue={warning.severity}>
        <Radio.Group
          options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        />
      </Form.Item>
    )
  if (kind === 'visit') {
    const ways = WAYS.filter((way) => warning.severity !== 'red' || way === 'home')
    return (
      <Form.Item name="way" label={t('field.way')} rules={rules}>
        <Radio.Group options={ways.map((value) => ({ value, label: t(`way.${value}`) }))} />
      </Form.Item>
    )
  }
  if (kind === 'find')
    return (
      <Form.Item name="outcome" label={t('field.outcome')} rules={rules}>
        <Radio.Group options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Form.Item>
    )
  if (kind === 'dispose')
    return (
      <Form.Item name="disposal" label={t('field.disposal')} rules={rules}>
        <Select
          options={warning.disposals.map((value) => ({ value, label: t(`disposal.${value}`) }))}
        />
      </Form.Item>
    )
  if (kind === 'report')
    return (
      <>
        <Form.Item name="authority" label={t('field.authority')} rules={rules}>
          <Radio.Group
            options={AUTHORITIES.map((value) => ({ value, label: t(`authority.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="at" label={t('field.at')} rules={rules}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
        <Form.Item
          name="receipt"
          label={t('field.receipt')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('field.needed') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
      </>
    )
  return null
}

interface ColleaguesProps {
  area: string
  value?: string
  id?: string
  onChange?: (value: string) => void
}

/** Those who work with the cases of the area, nearest first; whoever lacks a certificate cannot be chosen. */
export function Colleagues({ area, value, id, onChange }: ColleaguesProps) {
  const { data: staff = [] } = useQuery(staffQuery(area))
  return (
    <Select
      {...(id ? { id } : {})}
      value={value ?? null}
      showSearch={{ optionFilterProp: 'label' }}
      options={staff.map((person) => ({
        value: person.id,
        label: [person.name, person.roleName, person.unfit].filter(Boolean).join(' · '),
        disabled: person.unfit !== null,
      }))}
      onChange={(next: string | null) => onChange?.(next ?? '')}
    />
  )
}
