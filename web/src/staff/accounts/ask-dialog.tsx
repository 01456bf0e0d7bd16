import { App, Checkbox, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '../../api/views.ts'
import { useSignInError } from '../signin/signin-error.ts'
import type { Given } from './link-dialog.tsx'
import { useReset, useStep } from './use-accounts.ts'

/** What wants a reason. */
export type Asking = 'link' | 'disable' | 'enable'

interface AskDialogProps {
  row: AccountRow
  /** Nothing: the dialog is shut. */
  asking: Asking | undefined
  onDone: () => void
  onLink: (given: Given) => void
}

interface Written {
  reason: string
  secondFactor?: boolean
}

/** The reason for what touches somebody's work, and what it does to them. */
export function AskDialog({ row, asking, onDone, onLink }: AskDialogProps) {
  const { t } = useTranslation(['accounts', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const [reset, step] = [useReset(), useStep()]
  const errorText = useSignInError()
  const failure = reset.error ?? step.error

  function close(): void {
    reset.reset()
    step.reset()
    onDone()
  }
  async function act({ reason, secondFactor = false }: Written): Promise<void> {
    const { id, name } = row
    if (asking === 'link') {
      const { token } = await reset.mutateAsync({ id, reason, secondFactor })
      onLink({ name, token })
    } else if (asking) {
      await step.mutateAsync({ id, step: asking, reason })
      void message.success(t(`done.${asking}`))
    }
    close()
  }
  return (
    <Modal
      title={asking ? `${t(`act.${asking}`)} · ${row.name}` : ''}
      open={asking !== undefined}
      okText={asking ? t(`act.${asking}`) : ''}
      cancelText={t('words:cancel')}
      confirmLoading={reset.isPending || step.isPending}
      destroyOnHidden
      onCancel={close}
      onOk={() => form.submit()}
    >
      {asking ? <p>{t(`ask.${asking}`, { name: row.name })}</p> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        // What went wrong stands beneath the fields.
        onFinish={(written) => void act(written).catch(() => {})}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          extra={t('reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
        >
          <Input maxLength={200} autoFocus />
        </Form.Item>
        {asking === 'link' && row.secondFactor ? <FactorToo row={row} /> : null}
      </Form>
      <div role="alert" className="account-problem">
        {failure ? errorText(failure) : null}
      </div>
    </Modal>
  )
}

function FactorToo({ row }: { row: AccountRow }) {
  const { t } = useTranslation('accounts')
  if (row.role.endsWith('-admin')) return <p className="muted small">{t('factorAdministrator')}</p>
  return (
    <Form.Item name="secondFactor" valuePropName="checked">
      <Checkbox>{t('factorToo')}</Checkbox>
    </Form.Item>
  )
}
