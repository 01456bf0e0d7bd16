import { App, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { SignalRuleForm, WarningSignal } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { SignalExpected } from './signal-expected.tsx'
import { SEVERITIES, useStateRule } from './use-warnings.ts'

type Written = Pick<SignalRuleForm, 'on' | 'rule' | 'severity' | 'source' | 'freshDays'> & {
  redRule?: string
  from: Dayjs
  settled: boolean
}

interface RuleDialogProps {
  signal: WarningSignal
  name: string
  onClose: () => void
}

/** By which rule a signal raises warnings from a day on, with what it would raise today before it is switched on. */
export function RuleDialog({ signal, name, onClose }: RuleDialogProps) {
  const { t } = useTranslation(['warnings', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const state = useStateRule(signal.id)
  const now = signal.stated ?? signal.shipped
  const save = ({ from, settled, source, redRule, freshDays, ...rest }: Written) =>
    state.mutate(
      {
        ...rest,
        rule: rest.rule.trim(),
        redRule: redRule?.trim() || null,
        freshDays: freshDays ?? null,
        source: source.trim(),
        from: from.format('YYYY-MM-DD'),
        proposed: !settled,
        version: signal.stated?.version ?? null,
      },
      {
        onSuccess: () => {
          void message.success(t('saved'))
          onClose()
        },
      },
    )
  const tried = () => {
    const { rule, redRule, freshDays } = form.getFieldsValue()
    return { rule: rule.trim(), redRule: redRule?.trim() || null, freshDays: freshDays ?? null }
  }
  const wrong = state.error instanceof Problem ? state.error.errors : []
  const needed = [{ required: true, whitespace: true, message: t('field.needed') }]
  return (
    <Modal
      open
      width={640}
      title={t('signals.editOf', { id: signal.id, name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <Form<Written>
        form={form}
        name="signal-rule"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          on: signal.stated?.on ?? true,
          rule: now?.rule,
          redRule: now?.redRule ?? '',
          severity: signal.stated?.severity ?? signal.severity,
          freshDays: now?.freshDays ?? null,
          from: dayjs(today),
          settled: signal.stated?.proposed === false,
        }}
        onFinish={save}
      >
        <Form.Item name="on" valuePropName="checked">
          <Checkbox>{t('signals.form.on')}</Checkbox>
        </Form.Item>
        <Form.Item name="rule" label={t('signals.form.rule')} rules={needed}>
          <Input.TextArea className="signal-feel" autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
        <Form.Item name="redRule" label={t('signals.form.redRule')}>
          <Input.TextArea className="signal-feel" autoSize={{ minRows: 1 }} maxLength={500} />
        </Form.Item>
        <SignalExpected signal={signal} tried={tried} />
        <Form.Item name="severity" label={t('signals.form.severity')}>
          <Radio.Group
            options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="freshDays" label={t('signals.form.freshDays')}>
          <InputNumber min={1} max={3650} precision={0} />
        </Form.Item>
        <Form.Item name="from" label={t('signals.form.from')}>
          <DatePicker minDate={dayjs(today)} allowClear={false} />
        </Form.Item>
        <Form.Item name="source" label={t('signals.form.source')} rules={needed}>
          <Input maxLength={300} placeholder={t('signals.form.sourceHint')} />
        </Form.Item>
        <Form.Item name="settled" valuePropName="checked">
          <Checkbox>{t('signals.form.settled')}</Checkbox>
        </Form.Item>
        <p role="alert" className="warning-problem">
          {state.error ? problemText(state.error) : null}
          {wrong.map((one) => ` ${one.message}`).join('')}
        </p>
      </Form>
    </Modal>
  )
}
