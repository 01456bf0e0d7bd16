import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Duplicate } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useNotSame } from './use-duplicates.ts'

interface Written {
  note: string
}

/** Confirms for good that two records are of two people; how it is known must be said. */
export function NotSameDialog({
  pair,
  open,
  onClose,
}: {
  pair: Duplicate
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['duplicates', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const judge = useNotSame(pair.id)
  const save = ({ note }: Written) =>
    judge.mutate(note, {
      onSuccess: () => {
        void message.success(t('saved'))
        onClose()
      },
    })
  return (
    <Modal
      title={t('notSame')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('confirm')}
      cancelText={t('words:cancel')}
      confirmLoading={judge.isPending}
    >
      <p>{t('forGood')}</p>
      <Form<Written>
        form={form}
        name="not-same"
        layout="vertical"
        requiredMark={false}
        onFinish={save}
      >
        <Form.Item
          name="note"
          label={t('note')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('noteNeeded') }]}
        >
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
      {judge.error ? <p role="alert">{problemText(judge.error)}</p> : null}
    </Modal>
  )
}
