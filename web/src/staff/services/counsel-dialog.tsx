import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { useNoteCounselling } from './use-services.ts'

interface CounselDialogProps {
  householdId: number
  id: number
  onClose: () => void
}

/** A counselling note with a record; whoever writes it does not read it here again. */
export function CounselDialog({ householdId, id, onClose }: CounselDialogProps) {
  const { t } = useTranslation(['services', 'words'])
  const [form] = Form.useForm<{ note: string }>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const keep = useNoteCounselling(householdId, id)
  const save = ({ note }: { note: string }) =>
    keep.mutate(note.trim(), {
      onSuccess: () => {
        void message.success(t('record.counsellingSaved'))
        onClose()
      },
    })
  return (
    <Modal
      open
      title={t('record.counsellingTitle')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('form.save')}
      cancelText={t('words:cancel')}
      confirmLoading={keep.isPending}
    >
      <Form form={form} name="counselling" layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="note"
          label={t('record.counsellingTitle')}
          extra={t('record.counsellingHint')}
          rules={[
            { required: true, whitespace: true, min: 2, message: t('record.counsellingNeeded') },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 5, maxRows: 14 }} maxLength={4000} />
        </Form.Item>
        <p role="alert" className="service-problem">
          {keep.error ? problemText(keep.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
