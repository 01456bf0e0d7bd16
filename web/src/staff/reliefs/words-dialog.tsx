import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Relief } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useWorded, type Worded } from './use-reliefs.ts'

interface Props {
  relief: Relief
  step: Worded
  onClose: () => void
}

const LONGEST = { visit: 1000, explain: 2000, refuse: 500, withdraw: 500, return: 500 } as const

/** A step that says something in words: what was seen, why not, what is explained. */
export function WordsDialog({ relief, step, onClose }: Props) {
  const { t } = useTranslation(['reliefs', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ text: string }>()
  const saving = useWorded(relief, step)
  const save = ({ text }: { text: string }) =>
    saving.mutateAsync(text.trim()).then(
      () => {
        void message.success(t(`saved.${step}`))
        onClose()
      },
      () => {},
    )
  return (
    <Modal
      open
      title={t(`step.${step}`)}
      onCancel={onClose}
      onOk={form.submit}
      okText={t(`step.${step}`)}
      cancelText={t('words:cancel')}
      confirmLoading={saving.isPending}
    >
      <Form
        form={form}
        name={`relief-${step}`}
        layout="vertical"
        requiredMark={false}
        initialValues={{ text: step === 'explain' ? (relief.explanation ?? '') : '' }}
        onFinish={(said: { text: string }) => void save(said)}
      >
        <Form.Item
          name="text"
          label={t(`text.${step}`)}
          extra={t(`hint.${step}`)}
          rules={[{ required: true, whitespace: true, min: 2, message: t('textNeeded') }]}
        >
          <Input.TextArea autoFocus rows={4} maxLength={LONGEST[step]} />
        </Form.Item>
        <p role="alert" className="relief-problem">
          {saving.error ? problemText(saving.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
