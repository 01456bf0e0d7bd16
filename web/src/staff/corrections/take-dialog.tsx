import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CorrectionFile } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { takeFile } from './use-corrections.ts'

/** A file holds ID numbers: whoever takes it says why, and it is noted. */
export function TakeDialog({ file, onClose }: { file: CorrectionFile; onClose: () => void }) {
  const { t } = useTranslation(['corrections', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ reason: string }>()
  const called = t('files.called', { source: file.sourceName, number: file.number })
  const take = ({ reason }: { reason: string }) =>
    takeFile(file.id, `${called}.csv`, reason.trim()).then(onClose, (error: unknown) => {
      void message.error(problemText(error))
    })
  return (
    <Modal
      open
      title={called}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('files.take')}
      cancelText={t('words:cancel')}
    >
      <p className="muted">{t('files.body', { source: file.sourceName, count: file.rows })}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(said) => void take(said)}>
        <Form.Item
          name="reason"
          label={t('files.reason')}
          rules={[{ required: true, whitespace: true, message: t('files.reasonNeeded') }]}
        >
          <Input maxLength={100} autoFocus placeholder={t('files.reasonExample')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
