import { useQuery } from '@tanstack/react-query'
import { App, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { householdQuery } from '../households/use-household.ts'
import { PickHousehold } from './pick-household.tsx'
import { BasisField } from './basis-field.tsx'
import { RetentionDialog } from './retention-dialog.tsx'
import { useAskErasure } from './use-retention.ts'

interface Written {
  household: number
  person: number
  basis: string
}

/** Asks for one person to be erased, who asked for it. */
export function PersonDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const household = Form.useWatch('household', form)
  const { data } = useQuery({
    ...householdQuery(String(household)),
    enabled: open && household !== undefined,
  })
  const ask = useAskErasure()
  const save = async ({ person, basis }: Written) => {
    await ask.mutateAsync({ personId: person, basis: basis.trim() })
    void message.success(t('erasure.sent'))
    onClose()
  }
  return (
    <RetentionDialog<Written>
      title={t('erasure.person')}
      name="erase-person"
      form={form}
      open={open}
      does={t('erasure.send')}
      busy={ask.isPending}
      error={ask.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted retention-note">{t('erasure.personHint')}</p>
      <Form.Item
        name="household"
        label={t('erasure.household')}
        rules={[{ required: true, message: t('erasure.householdNeeded') }]}
      >
        <PickHousehold />
      </Form.Item>
      <Form.Item
        name="person"
        label={t('erasure.member')}
        rules={[{ required: true, message: t('erasure.memberNeeded') }]}
      >
        <Select
          disabled={!data}
          options={(data?.members ?? []).map(({ personId, name }) => ({
            value: personId,
            label: name,
          }))}
        />
      </Form.Item>
      <BasisField />
    </RetentionDialog>
  )
}
