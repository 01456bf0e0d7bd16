import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Notice, Purpose } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { fieldsOf, useWriteNotice } from './use-notices.ts'

interface WriteDialogProps {
  purpose: Purpose
  /** What it begins from: the draft, or the version before. */
  content: Notice['content']
  seen: number
  onClose: () => void
}

/** The draft of a notice, field by field; what nobody confirmed stays 待核. */
export function WriteDialog({ purpose, content, seen, onClose }: WriteDialogProps) {
  const { t } = useTranslation(['notices', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Partial<Notice['content']>>()
  const write = useWriteNotice(purpose.id)
  const save = (written: Partial<Notice['content']>) =>
    write.mutate(
      { ...content, ...written, seen },
      {
        onSuccess: () => {
          void message.success(t('saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      width={720}
      title={t('writeTitle', { name: purpose.name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={write.isPending}
    >
      <p className="muted">{t('writeHint')}</p>
      <Form
        form={form}
        name={`notice-${purpose.id}`}
        layout="vertical"
        requiredMark={false}
        initialValues={content}
        onFinish={save}
      >
        {fieldsOf(purpose).map((field) => (
          <Form.Item key={field} name={field} label={t(`field.${field}`)}>
            <Input.TextArea
              maxLength={5000}
              autoSize={{ minRows: field === 'text' || field === 'easy' ? 5 : 1 }}
            />
          </Form.Item>
        ))}
        <p role="alert" className="notice-problem">
          {write.error ? problemText(write.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
