import { App, Button, DatePicker, Form, Input, InputNumber } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Parameter } from '../../api/views.ts'
import { dayAfter } from '../../ui/days.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useAddFigure } from './use-add-figure.ts'

interface StandardFormProps {
  parameter: Parameter
  onDone: () => void
}

interface Written {
  from: Dayjs
  to?: Dayjs | null
  value: number
  document: string
  source: string
}

function firstGap(parameter: Parameter): Dayjs | undefined {
  const day = parameter.pending?.[0]?.from
  if (day) return dayjs(day)
  return parameter.knownUntil ? dayjs(dayAfter(parameter.knownUntil, 1)) : undefined
}

/** Enters the figure nobody has yet, from a document with a number. */
export function StandardForm({ parameter, onDone }: StandardFormProps) {
  const { t } = useTranslation(['policies', 'households', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const addFigure = useAddFigure()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const needed = [{ required: true, message: t('households:form.needed') }]

  async function save({ from, to, ...row }: Written): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const version = await addFigure(parameter.id, {
        ...row,
        from: from.format('YYYY-MM-DD'),
        ...(to ? { to: to.format('YYYY-MM-DD') } : {}),
      })
      message.success(t('fill.saved', { name: parameter.name, version }))
      onDone()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form<Written>
      className="standard-form"
      layout="vertical"
      requiredMark={false}
      initialValues={{ from: firstGap(parameter) }}
      onFinish={(written) => void save(written)}
    >
      <p className="standard-form-lead muted small">{t('fill.body')}</p>
      <Form.Item name="from" label={t('fill.from')} rules={needed}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="to" label={t('fill.to')} extra={t('fill.toHint')}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="value" label={t('fill.value')} rules={needed}>
        <InputNumber suffix={parameter.unit} controls={false} min={0} />
      </Form.Item>
      <Form.Item name="document" label={t('fill.document')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="source" label={t('fill.source')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="standard-form-save">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('fill.save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
        {failure ? (
          <span role="alert" className="read-unknown">
            {problemText(failure)}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
