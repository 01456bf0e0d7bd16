import { App, Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { Colleagues } from './step-fields.tsx'
import { useName } from './use-warnings.ts'

/** Lets somebody who works there see a restricted warning. */
export function NameDialog({ warning, onClose }: { warning: Warning; onClose: () => void }) {
  const { t } = useTranslation(['warnings', 'words'])
  const [form] = Form.useForm<{ staffId: string }>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const name = useName(warning.id)
  return (
    <Modal
      open
      title={t('act.name')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={name.isPending}
    >
      <Form<{ staffId: string }>
        form={form}
        name="warning-name"
        layout="vertical"
        requiredMark={false}
        onFinish={({ staffId }) =>
          name.mutate(staffId, {
            onSuccess: () => {
              void message.success(t('saved'))
              onClose()
            },
          })
        }
      >
        <Form.Item
          name="staffId"
          label={t('page.named')}
          rules={[{ required: true, message: t('field.needed') }]}
        >
          <Colleagues area={warning.area.id} />
        </Form.Item>
        <p role="alert" className="warning-problem">
          {name.error ? problemText(name.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
