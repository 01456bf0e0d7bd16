import { useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { areaPath, areasQuery } from '../../api/areas.ts'
import type { NewAccount } from '../../api/views.ts'
import { useSignInError } from '../signin/signin-error.ts'
import type { Given } from './link-dialog.tsx'
import { useInvite } from './use-accounts.ts'

interface InviteDialogProps {
  roles: readonly { id: string; name: string }[]
  open: boolean
  onCancel: () => void
  onGiven: (given: Given) => void
}

/** Where somebody of a role is placed; everybody else in the district. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  advisor: ['committee'],
  township: ['township'],
  district: ['district', 'township'],
}

export function InviteDialog({ roles, open, onCancel, onGiven }: InviteDialogProps) {
  const { t } = useTranslation(['accounts', 'words'])
  const [form] = Form.useForm<NewAccount>()
  const role = Form.useWatch('role', form)
  const { data: areas = [] } = useQuery({ ...areasQuery, enabled: open })
  const invite = useInvite()
  const errorText = useSignInError()
  const levels = LEVELS[role ?? ''] ?? ['district']
  const places = areas
    .filter(({ level }) => levels.includes(level))
    .map(({ id }) => ({
      value: id,
      label: areaPath(areas, id)
        .map(({ name }) => name)
        .slice(levels.includes('district') ? 0 : 1)
        .join(' / '),
    }))
  const needed = { required: true, whitespace: true, message: t('invite.needed') }
  async function send(asked: NewAccount): Promise<void> {
    const { token } = await invite.mutateAsync(asked)
    onGiven({ name: asked.name, token })
  }
  return (
    <Modal
      title={t('invite.title')}
      open={open}
      okText={t('invite.submit')}
      cancelText={t('words:cancel')}
      confirmLoading={invite.isPending}
      destroyOnHidden
      afterOpenChange={() => invite.reset()}
      onCancel={onCancel}
      onOk={() => form.submit()}
    >
      <Form<NewAccount>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        // What went wrong stands beneath the fields.
        onFinish={(asked) => void send(asked).catch(() => {})}
        onValuesChange={(changed) => {
          if ('role' in changed) form.resetFields(['areaId'])
        }}
      >
        <Form.Item name="name" label={t('invite.name')} rules={[needed]}>
          <Input maxLength={50} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('invite.role')} rules={[needed]}>
          <Select options={roles.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item
          name="areaId"
          label={t('invite.area')}
          extra={t('invite.areaHint')}
          rules={[needed]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} disabled={!role} options={places} />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('invite.username')}
          extra={t('invite.usernameHint')}
          rules={[
            needed,
            { pattern: /^[a-z][a-z0-9._-]{1,31}$/, message: t('invite.usernameWrong') },
          ]}
        >
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
      </Form>
      <div role="alert" className="account-problem">
        {invite.error ? errorText(invite.error) : null}
      </div>
    </Modal>
  )
}
