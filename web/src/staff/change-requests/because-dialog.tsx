import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChangeRequest, DecisionForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useDecide } from './use-change-requests.ts'

interface Props {
  request: ChangeRequest
  decision: DecisionForm['decision']
  open: boolean
  onClose: () => void
}

/** Returning or refusing a request, with why: whoever asked reads it. */
export function BecauseDialog({ request, decision, open, onClose }: Props) {
  const { t } = useTranslation(['changeRequests', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ because: string }>()
  const decide = useDecide(request.id)
  const save = ({ because }: { because: string }) =>
    decide.mutateAsync({ decision, because, version: request.version }).then(
      () => {
        void message.success(t(`saved.${decision}`))
        onClose()
      },
      () => {},
    )
  return (
    <Modal
      title={t(`decide.${decision}`)}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t(`decide.${decision}`)}
      cancelText={t('words:cancel')}
      confirmLoading={decide.isPending}
      destroyOnHidden
    >
      <Form
        form={form}
        name={`request-${decision}`}
        layout="vertical"
        requiredMark={false}
        onFinish={(said: { because: string }) => void save(said)}
      >
        <Form.Item
          name="because"
          label={t('because')}
          extra={t(`becauseHint.${decision}`)}
          rules={[{ required: true, whitespace: true, min: 2, message: t('becauseNeeded') }]}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <p role="alert" className="change-problem">
          {decide.error ? problemText(decide.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
