import { useQuery } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, HouseholdFact } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { consentsQuery } from '../consents/use-consents.ts'
import { FactField, factValue, shownValue } from './fact-field.tsx'
import { useRecordFact } from './use-household.ts'
import './fact-form.css'

interface FactFormProps {
  household: Household
  fact: HouseholdFact
  whose: string
  ask: string | null
  onDone?: () => void
}

interface Written {
  value: unknown
  day: Dayjs
  source: string
  basis: string
  evidence?: string
}

const SOURCES = ['interview', 'visit', 'document', 'department'] as const

/** Records one fact with its day and source, where it is missed. */
export function FactForm({ household, fact, whose, ask, onDone }: FactFormProps) {
  const { t } = useTranslation(['households', 'words'])
  const today = useToday()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const record = useRecordFact(household)
  const { data: { bases } = { bases: [] } } = useQuery(consentsQuery(household.id))
  const [form] = Form.useForm<Written>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const name = whose && fact.personId !== null ? `${whose} · ${fact.name}` : fact.name

  /** What an advisor hears and sees, they learn on a visit; departments share. */
  function usualBasis(source: string): string {
    return source === t('form.sources.department') ? 'sharing' : 'visit'
  }

  async function save(written: Written): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const { inForce } = await record({
        fact: fact.fact,
        personId: fact.personId,
        value: factValue(fact, written.value),
        verifiedOn: written.day.format('YYYY-MM-DD'),
        source: written.source,
        basis: written.basis,
        ...(written.evidence ? { evidence: written.evidence } : {}),
      })
      if (inForce) message.success(t('form.saved', { name }))
      else message.info(t('form.beside', { name }), 6)
      onDone?.()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form<Written>
      form={form}
      className="fact-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('form.label', { name })}
      initialValues={{
        value: shownValue(fact),
        day: dayjs(today),
        source: t('form.sources.interview'),
        basis: 'visit',
      }}
      onValuesChange={(changed: Partial<Written>) => {
        if (changed.source) form.setFieldValue('basis', usualBasis(changed.source))
      }}
      onFinish={(written) => void save(written)}
    >
      <Form.Item
        name="value"
        label={ask ?? name}
        extra={ask ? name : undefined}
        rules={[{ required: true, message: t('form.needed') }]}
        className="fact-form-value"
      >
        <FactField fact={fact} />
      </Form.Item>
      <Form.Item name="source" label={t('form.sourceAsk')}>
        <Select
          options={SOURCES.map((source) => {
            const label = t(`form.sources.${source}`)
            return { value: label, label }
          })}
        />
      </Form.Item>
      <Form.Item name="basis" label={t('form.basis')}>
        <Select options={bases.map(({ id, name: label }) => ({ value: id, label }))} />
      </Form.Item>
      <Form.Item name="day" label={t('form.day')}>
        <DatePicker allowClear={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="evidence" label={t('form.evidence')}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="fact-form-save">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('form.record')}
        </Button>
        {onDone ? (
          <Button type="text" onClick={onDone}>
            {t('words:cancel')}
          </Button>
        ) : null}
        {failure ? (
          <span role="alert" className="fact-form-problem">
            {problemText(failure)}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
