import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../api/views.ts'
import { staffQuery } from '../leads/use-leads.ts'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useHandCase } from './use-cases.ts'

interface Written {
  to: string
  text: string
}

/** Handing a case over: whoever has it keeps it until the colleague takes it. */
export function HandDialog({ one, onClose }: { one: Case; onClose: () => void }) {
  const { t } = useTranslation('cases')
  const [form] = Form.useForm<Written>()
  const { data: staff = [] } = useQuery(staffQuery(one.areaId))
  const saving = useHandCase(one)
  return (
    <FormDialog<Written>
      title={t('step.hand')}
      saved={t('saved.hand')}
      form={form}
      start={{}}
      saving={saving}
      onSave={({ to, text }) => saving.mutateAsync({ to, text: text.trim() })}
      onClose={onClose}
    >
      <p className="muted">{t('handLead')}</p>
      <Form.Item name="to" label={t('handTo')} rules={[{ required: true, message: t('toNeeded') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={staff
            .filter(({ id }) => id !== one.owner.id)
            .map(({ id, name, roleName, unfit }) => ({
              value: id,
              label: `${name} · ${unfit ?? roleName}`,
              disabled: unfit !== null,
            }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('handWhy')} rules={needed(t('needed'))}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
