import { App, Form, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApprovalForm, ChangeRequest } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useApprove } from './use-change-requests.ts'

type Becomes = NonNullable<ApprovalForm['others']>[number]['becomes']

interface Props {
  request: ChangeRequest
  open: boolean
  onClose: () => void
}

/** Agreeing: what is written, and what becomes of each that waits for the same. */
export function ApproveDialog({ request, open, onClose }: Props) {
  const { t } = useTranslation(['changeRequests', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ others?: Record<string, Becomes> }>()
  const approve = useApprove(request.id)
  const { version, conflicts, items, reasonShows } = request
  // Nobody agrees to what they were not shown.
  const unseen = reasonShows.length > 0
  const save = ({ others = {} }: { others?: Record<string, Becomes> }) =>
    approve
      .mutateAsync({
        version,
        others: conflicts.map((other) => ({
          id: other.id,
          version: other.version,
          becomes: others[String(other.id)] ?? 'rebased',
        })),
      })
      .then(
        () => {
          void message.success(t('approved'))
          onClose()
        },
        () => {},
      )
  return (
    <Modal
      title={t('approve')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('approve')}
      cancelText={t('words:cancel')}
      okButtonProps={{ disabled: unseen }}
      confirmLoading={approve.isPending}
      destroyOnHidden
    >
      {unseen ? <p className="change-request-notice">{t('unseen')}</p> : null}
      <p>{t('approveLead', { fields: items.map(({ fieldName }) => fieldName).join('、') })}</p>
      <Form
        form={form}
        name="approving"
        layout="vertical"
        requiredMark={false}
        onFinish={(said: { others?: Record<string, Becomes> }) => void save(said)}
      >
        {conflicts.map((other) => (
          <Form.Item
            key={other.id}
            name={['others', String(other.id)]}
            label={t('becomes', {
              id: other.id,
              fields: other.fieldNames.join('、'),
            })}
            rules={[{ required: true, message: t('becomesNeeded') }]}
          >
            <Radio.Group
              options={[
                // Nobody refuses what they asked for themselves.
                ...(other.mine ? [] : [{ value: 'refused', label: t('becomesRefused') }]),
                { value: 'rebased', label: t('becomesRebased') },
              ]}
            />
          </Form.Item>
        ))}
        <p role="alert" className="change-problem">
          {approve.error ? problemText(approve.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
