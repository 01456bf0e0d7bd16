import { Button, Checkbox, DatePicker, Form, Input, InputNumber, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../ui/day.tsx'
import { HOURS } from './service-written.ts'

/** What not every record needs, folded: when exactly, what was told, found, done and given. */
export function ServiceMore({
  programmes,
}: {
  programmes: readonly { id: string; name: string }[]
}) {
  const { t } = useTranslation('services')
  const today = useToday()
  return (
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
      <WordsField of="needs" rows={2} />
      <WordsField of="done" rows={2} />
      <Form.Item name={['words', 'resource']} label={t('record.resource')}>
        <Input maxLength={500} />
      </Form.Item>
      <Materials />
    </details>
  )
}

/** One of the texts of a record. */
export function WordsField({ of, rows }: { of: 'said' | 'seen' | 'needs' | 'done'; rows: number }) {
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
