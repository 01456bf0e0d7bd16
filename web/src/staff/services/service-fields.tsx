import { Checkbox, DatePicker, Form, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ServiceForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useOutcomeText } from './outcome-text.ts'
import { ServiceMore, WordsField } from './service-more.tsx'
import { toFields, toForm, type Written } from './service-written.ts'
import { FLAGS, METHODS, OUTCOMES, TYPES } from './use-services.ts'

interface ServiceFieldsProps {
  /** Of the form, for the button that sends it. */
  name: string
  persons: readonly { personId: number; name: string }[]
  programmes: readonly { id: string; name: string }[]
  start: ServiceForm
  /** Whether it has to be said why it is changed. */
  asksWhy: boolean
  error: unknown
  onSave: (form: ServiceForm & { because: string | null }) => void
}

/** The fields of a record: those of every visit first, the rest folded. */
export function ServiceFields(props: ServiceFieldsProps) {
  const { name, persons, programmes, start, asksWhy, error, onSave } = props
  const { t } = useTranslation('services')
  const [form] = Form.useForm<Written>()
  const today = useToday()
  const problemText = useProblemText()
  const met = Form.useWatch('outcome', form) ?? start.outcome
  const method = Form.useWatch('method', form) ?? start.method
  const outcomeText = useOutcomeText()
  const options = <K extends string>(all: readonly K[], text: (key: K) => string) =>
    all.map((value) => ({ value, label: text(value) }))
  return (
    <Form<Written>
      form={form}
      id={name}
      name={name}
      className="service-form"
      layout="vertical"
      requiredMark={false}
      initialValues={toFields(start)}
      onFinish={(written) => onSave(toForm({ ...toFields(start), ...written }))}
    >
      {asksWhy ? (
        <Form.Item
          name="because"
          label={t('form.because')}
          extra={t('form.becauseHint')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('form.becauseNeeded') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
      ) : null}
      <Form.Item name="method" label={t('form.method')}>
        <Radio.Group optionType="button" options={options(METHODS, (one) => t(`method.${one}`))} />
      </Form.Item>
      <Form.Item
        name="outcome"
        label={t('form.outcome')}
        extra={met === 'met' ? undefined : t('form.voice')}
      >
        <Radio.Group
          optionType="button"
          options={options(OUTCOMES, (outcome) => outcomeText({ method, outcome }))}
        />
      </Form.Item>
      {persons.length > 1 || start.personIds.length > 0 ? (
        <Form.Item name="personIds" label={t('form.persons')}>
          <Checkbox.Group
            options={persons.map(({ personId, name: label }) => ({ value: personId, label }))}
          />
        </Form.Item>
      ) : null}
      {met === 'met' ? (
        <Form.Item name="services" label={t('form.services')}>
          <Checkbox.Group options={options(TYPES, (one) => t(`type.${one}`))} />
        </Form.Item>
      ) : null}
      <WordsField of="said" rows={2} />
      <WordsField of="seen" rows={2} />
      <Form.Item name="flags" label={t('form.flags')}>
        <Checkbox.Group options={options(FLAGS, (one) => t(`flag.${one}`))} />
      </Form.Item>
      <div className="service-row">
        <Form.Item name={['words', 'next']} label={t('form.next')} className="service-wide">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="nextDay" label={t('form.nextDay')}>
          <DatePicker minDate={dayjs(today)} />
        </Form.Item>
      </div>
      <ServiceMore programmes={programmes} />
      <p role="alert" className="service-problem">
        {error ? problemText(error) : null}
      </p>
    </Form>
  )
}
