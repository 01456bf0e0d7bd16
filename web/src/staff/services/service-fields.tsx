import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, TimePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ServiceForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useOutcomeText } from './outcome-text.ts'
import { FLAGS, METHODS, OUTCOMES, TYPES } from './use-services.ts'

/** As it stands in the fields. */
interface Written {
  method: ServiceForm['method']
  outcome: ServiceForm['outcome']
  day: Dayjs
  begins: Dayjs | null
  ends: Dayjs | null
  personIds: number[]
  services: ServiceForm['services']
  programmes: string[]
  materials: { name: string; quantity: number; yuan: number }[]
  flags: ServiceForm['flags']
  nextDay: Dayjs | null
  words: ServiceForm['words']
  because: string
}

const NO_WORDS = { said: '', seen: '', needs: '', done: '', resource: '', next: '' }

interface Start {
  today: string
  persons: readonly { personId: number }[]
  method: ServiceForm['method']
  outcome?: ServiceForm['outcome']
  last: { flags: ServiceForm['flags'] } | null
}

/** What a new record begins with: today, by what is due, of the one who lives there, with what was noted of danger. */
export function startOf({ today, persons, method, outcome = 'met', last }: Start): ServiceForm {
  const [only, ...others] = persons
  return {
    personIds: only && others.length === 0 && outcome === 'met' ? [only.personId] : [],
    day: today,
    begins: null,
    ends: null,
    method,
    outcome,
    services: [],
    programmes: [],
    materials: [],
    flags: outcome === 'met' ? (last?.flags ?? []) : [],
    nextDay: null,
    words: NO_WORDS,
  }
}

const HOURS = 'HH:mm'
const DAY = 'YYYY-MM-DD'

function toFields({ materials, ...one }: ServiceForm): Omit<Written, 'because'> {
  const time = (text: string | null) => (text ? dayjs(`2000-01-01T${text}`) : null)
  return {
    ...one,
    day: dayjs(one.day),
    begins: time(one.begins),
    ends: time(one.ends),
    nextDay: one.nextDay ? dayjs(one.nextDay) : null,
    materials: materials.map(({ name, quantity, fen }) => ({ name, quantity, yuan: fen / 100 })),
  }
}

function toForm({ because, ...one }: Written): ServiceForm & { because: string | null } {
  const met = one.outcome === 'met'
  return {
    ...one,
    because: because?.trim() || null,
    services: met ? one.services : [],
    day: one.day.format(DAY),
    begins: one.begins?.format(HOURS) ?? null,
    ends: one.ends?.format(HOURS) ?? null,
    nextDay: one.nextDay?.format(DAY) ?? null,
    materials: one.materials.map(({ name, quantity, yuan }) => ({
      name: name.trim(),
      quantity,
      fen: Math.round((yuan ?? 0) * 100),
    })),
    words: { ...NO_WORDS, ...one.words },
  }
}

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
      <Words of="said" rows={2} />
      <Words of="seen" rows={2} />
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
      <details className="service-more">
        <summary>{t('form.more')}</summary>
        <div className="service-row">
          <Form.Item name="day" label={t('form.day')}>
            <DatePicker maxDate={dayjs(today)} allowClear={false} />
          </Form.Item>
          <Form.Item name="begins" label={t('form.begins')}>
            <TimePicker format={HOURS} minuteStep={5} />
          </Form.Item>
          <Form.Item name="ends" label={t('form.ends')}>
            <TimePicker format={HOURS} minuteStep={5} />
          </Form.Item>
        </div>
        {programmes.length > 0 ? (
          <Form.Item name="programmes" label={t('form.programmes')}>
            <Checkbox.Group
              options={programmes.map(({ id, name: label }) => ({ value: id, label }))}
            />
          </Form.Item>
        ) : null}
        <Words of="needs" rows={2} />
        <Words of="done" rows={2} />
        <Form.Item name={['words', 'resource']} label={t('record.resource')}>
          <Input maxLength={500} />
        </Form.Item>
        <Materials />
      </details>
      <p role="alert" className="service-problem">
        {error ? problemText(error) : null}
      </p>
    </Form>
  )
}

function Words({ of, rows }: { of: 'said' | 'seen' | 'needs' | 'done'; rows: number }) {
  const { t } = useTranslation('services')
  return (
    <Form.Item name={['words', of]} label={t(`record.${of}`)}>
      <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} maxLength={2000} />
    </Form.Item>
  )
}

function Materials() {
  const { t } = useTranslation('services')
  return (
    <Form.List name="materials">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="service-row">
              <Form.Item
                name={[name, 'name']}
                label={t('form.material')}
                rules={[{ required: true, whitespace: true, message: t('form.materialNeeded') }]}
              >
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name={[name, 'quantity']} label={t('form.quantity')}>
                <InputNumber min={1} max={10_000} precision={0} />
              </Form.Item>
              <Form.Item name={[name, 'yuan']} label={t('form.value')}>
                <InputNumber min={0} max={1_000_000} precision={2} />
              </Form.Item>
              <Button type="link" onClick={() => remove(name)}>
                {t('form.dropMaterial')}
              </Button>
            </div>
          ))}
          <Button onClick={() => add({ name: '', quantity: 1, yuan: 0 })}>
            {t('form.addMaterial')}
          </Button>
        </>
      )}
    </Form.List>
  )
}
