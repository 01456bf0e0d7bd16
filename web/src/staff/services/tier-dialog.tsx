import { App, Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Services, VisitTierForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { TIERS, useSetTier } from './use-services.ts'

interface TierDialogProps {
  householdId: number
  tier: Services['tier']
  onClose: () => void
}

type Written = Pick<VisitTierForm, 'tier' | 'because'>

/** How closely a household is followed from today on, and why. */
export function TierDialog({ householdId, tier, onClose }: TierDialogProps) {
  const { t } = useTranslation(['services', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const set = useSetTier(householdId)
  const save = (written: Written) =>
    set.mutate(
      { ...written, because: written.because.trim(), seen: tier?.version ?? null },
      {
        onSuccess: () => {
          void message.success(t('tierForm.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={t('tierForm.title')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('form.save')}
      cancelText={t('words:cancel')}
      confirmLoading={set.isPending}
    >
      <p className="muted">{t('tierForm.hint')}</p>
      <Form<Written>
        form={form}
        name="visit-tier"
        layout="vertical"
        requiredMark={false}
        initialValues={{ tier: tier?.tier ?? 'high' }}
        onFinish={save}
      >
        <Form.Item name="tier" label={t('tierForm.tier')}>
          <Radio.Group options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="because"
          label={t('tierForm.because')}
          rules={[
            { required: true, whitespace: true, min: 2, message: t('tierForm.becauseNeeded') },
          ]}
        >
          <Input maxLength={300} />
        </Form.Item>
        <p role="alert" className="service-problem">
          {set.error ? problemText(set.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
