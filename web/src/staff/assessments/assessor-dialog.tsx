import { useQuery } from '@tanstack/react-query'
import { App, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Instrument } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { staffQuery } from '../leads/use-leads.ts'
import { useStateAssessor } from './use-assessments.ts'

interface AssessorDialogProps {
  one: Instrument
  name: string
  onClose: () => void
}

interface Written {
  staffId: string
  credential: string
  from: string
  to: string
}

/** Who is trained to use a scale, by what credential, from when to when. */
export function AssessorDialog({ one, name, onClose }: AssessorDialogProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const me = useSession()
  const { data: staff = [] } = useQuery(staffQuery(undefined))
  const [form] = Form.useForm<Written>()
  const state = useStateAssessor(one.id)
  const save = ({ staffId, ...stands }: Written) =>
    state.mutate(
      { staffId, stands },
      {
        onSuccess: () => {
          void message.success(t('instruments.saved'))
          onClose()
        },
      },
    )
  const needed = [{ required: true, whitespace: true, min: 2, message: t('instruments.needed') }]
  return (
    <Modal
      open
      title={t('instruments.addAssessorOf', { name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('instruments.save')}
      cancelText={t('instruments.cancel')}
      confirmLoading={state.isPending}
    >
      <Form<Written>
        form={form}
        name="scale-assessor"
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: today }}
        onFinish={save}
      >
        <Form.Item
          name="staffId"
          label={t('instruments.who')}
          rules={[{ required: true, message: t('instruments.whoNeeded') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={staff
              .filter(({ id }) => id !== me.staff.id)
              .map((who) => ({ value: who.id, label: who.name }))}
          />
        </Form.Item>
        <Form.Item name="credential" label={t('instruments.credential')} rules={needed}>
          <Input maxLength={200} placeholder={t('instruments.credentialHint')} />
        </Form.Item>
        <Form.Item name="from" label={t('instruments.from')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('instruments.to')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <p role="alert" className="assess-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
