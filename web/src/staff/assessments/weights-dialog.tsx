import { App, Checkbox, Form, Input, InputNumber, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { IndicatorId, WeightVersion } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useProposeWeights } from './use-assessments.ts'

interface WeightsDialogProps {
  /** What the proposal begins from: those in force. */
  start: WeightVersion
  indicators: readonly IndicatorId[]
  onClose: () => void
}

interface Written {
  weights: number[]
  cuts: WeightVersion['cuts']
  line: number
  source: string
  settled: boolean
  critic: boolean
}

/** Proposes weights and cut-offs in basis points, stated or worked out from confirmed assessments. */
export function WeightsDialog({ start, indicators, onClose }: WeightsDialogProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const propose = useProposeWeights()
  const weights = Form.useWatch('weights', form) ?? start.weights
  const critic = Form.useWatch('critic', form) ?? false
  const sum = weights.reduce((all: number, one) => all + (one ?? 0), 0)
  const save = ({ settled, critic: byCritic, source, ...rest }: Written) =>
    propose.mutate(
      {
        ...rest,
        source: source.trim(),
        confirmed: settled,
        method: byCritic ? 'critic' : 'stated',
      },
      {
        onSuccess: () => {
          void message.success(t('weights.saved'))
          onClose()
        },
      },
    )
  const points = (label: string, name: (string | number)[], disabled = false) => (
    <Form.Item
      key={name.join('.')}
      name={name}
      label={label}
      rules={[{ required: true, message: '' }]}
    >
      <InputNumber min={0} max={10_000} precision={0} disabled={disabled} />
    </Form.Item>
  )
  return (
    <Modal
      open
      width={640}
      title={t('weights.propose')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('weights.propose')}
      okButtonProps={{ disabled: sum !== 10_000 && !critic }}
      cancelText={t('weights.cancel')}
      confirmLoading={propose.isPending}
    >
      <Form<Written>
        form={form}
        name="weights"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          weights: start.weights,
          cuts: start.cuts,
          line: start.line,
          settled: false,
          critic: false,
        }}
        onFinish={save}
      >
        <div className="assess-points">
          {indicators.map((indicator, place) =>
            points(t(`indicator.${indicator}`), ['weights', place], critic),
          )}
        </div>
        <p
          className={sum === 10_000 || critic ? 'muted number' : 'assess-problem number'}
          role="status"
        >
          {t(sum === 10_000 ? 'weights.sum' : 'weights.sumWrong', { sum })}
        </p>
        <Form.Item name="critic" valuePropName="checked" extra={t('weights.byCriticHint')}>
          <Checkbox>{t('weights.byCritic')}</Checkbox>
        </Form.Item>
        <div className="assess-points">
          {points(t('weights.low'), ['cuts', 'low'])}
          {points(t('weights.middle'), ['cuts', 'middle'])}
          {points(t('weights.high'), ['cuts', 'high'])}
          {points(t('weights.line'), ['line'])}
        </div>
        <Form.Item
          name="source"
          label={t('weights.source')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('weights.needed') }]}
        >
          <Input maxLength={300} placeholder={t('weights.sourceHint')} />
        </Form.Item>
        <Form.Item name="settled" valuePropName="checked">
          <Checkbox>{t('weights.settled')}</Checkbox>
        </Form.Item>
        <p role="alert" className="assess-problem">
          {propose.error ? problemText(propose.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
