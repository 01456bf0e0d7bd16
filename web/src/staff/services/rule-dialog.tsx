import { App, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { VisitRule } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useStateRule } from './use-services.ts'

interface Interval {
  amount: number | null
  unit: 'day' | 'month'
}

interface Written {
  contact: Interval
  visit: Interval
  from: Dayjs
  source: string
  settled: boolean
}

/** How often from a day on, and on what that rests. */
export function RuleDialog({ rule, onClose }: { rule: VisitRule; onClose: () => void }) {
  const { t } = useTranslation(['services', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const state = useStateRule(rule.key)
  const interval = ({ amount, unit }: Interval) => (amount === null ? null : { amount, unit })
  const save = ({ contact, visit, from, source, settled }: Written) =>
    state.mutate(
      {
        contact: interval(contact),
        visit: interval(visit),
        from: from.format('YYYY-MM-DD'),
        source: source.trim(),
        proposed: !settled,
        version: rule.version,
      },
      {
        onSuccess: () => {
          void message.success(t('rules.saved'))
          onClose()
        },
      },
    )
  const start = (every: VisitRule['contact']) => every ?? { amount: null, unit: 'month' as const }
  return (
    <Modal
      open
      title={t('rules.editOf', { rule: t(`rule.${rule.key}`) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('rules.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <Form<Written>
        form={form}
        name="visit-rule"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          contact: start(rule.contact),
          visit: start(rule.visit),
          from: dayjs(today),
          settled: !rule.proposed,
        }}
        onFinish={save}
      >
        {(['contact', 'visit'] as const).map((kind) => (
          <fieldset key={kind} className="visit-every">
            <legend>{t(`rules.${kind}`)}</legend>
            <Form.Item name={[kind, 'amount']} label={t('rules.amount')}>
              <InputNumber min={1} max={400} precision={0} placeholder={t('rules.none')} />
            </Form.Item>
            <Form.Item name={[kind, 'unit']} label={t('rules.amount')} noStyle>
              <Radio.Group
                aria-label={t(`rules.${kind}`)}
                options={(['day', 'month'] as const).map((value) => ({
                  value,
                  label: t(`rules.unit.${value}`),
                }))}
              />
            </Form.Item>
          </fieldset>
        ))}
        <Form.Item name="from" label={t('rules.start')}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('rules.source')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('rules.sourceNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('rules.sourceHint')} />
        </Form.Item>
        <Form.Item name="settled" valuePropName="checked">
          <Checkbox>{t('rules.settled')}</Checkbox>
        </Form.Item>
        <p role="alert" className="service-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
