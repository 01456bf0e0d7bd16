import { App, Checkbox, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ClockLimit, ClockLimitForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useStateLimit } from './use-clocks.ts'

const UNITS = ['workday', 'day', 'hour'] as const

type Written = Pick<ClockLimitForm, 'amount' | 'unit' | 'source'> & { settled: boolean }

/** How long a matter may take from now on, and on what that rests. */
export function LimitDialog({ one, onClose }: { one: ClockLimit; onClose: () => void }) {
  const { t } = useTranslation(['clocks', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const state = useStateLimit(one.kind)
  const save = ({ settled, source, ...rest }: Written) =>
    state.mutate(
      { ...rest, source: source.trim(), proposed: !settled, version: one.version },
      {
        onSuccess: () => {
          void message.success(t('limits.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={t('limits.editOf', { kind: t(`kind.${one.kind}`) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('limits.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <Form<Written>
        form={form}
        name="clock-limit"
        layout="vertical"
        requiredMark={false}
        initialValues={{ amount: one.amount, unit: one.unit, settled: !one.proposed }}
        onFinish={save}
      >
        <Form.Item
          name="amount"
          label={t('limits.amount')}
          rules={[
            {
              required: true,
              type: 'integer',
              min: 1,
              max: 1000,
              message: t('limits.amountNeeded'),
            },
          ]}
        >
          <InputNumber min={1} max={1000} precision={0} />
        </Form.Item>
        <Form.Item name="unit" label={t('limits.unit')}>
          <Radio.Group
            options={UNITS.map((value) => ({ value, label: t(`limits.units.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('limits.source')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('limits.sourceNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('limits.sourceHint')} />
        </Form.Item>
        <Form.Item name="settled" valuePropName="checked">
          <Checkbox>{t('limits.settled')}</Checkbox>
        </Form.Item>
        <p role="alert" className="clocks-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
