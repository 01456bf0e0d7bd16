import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'

/** Stands for whoever is not of the household, and is named. */
export const somebodyElse = 0
const GROWN_UP = 18

/** Who consents for a child: a grown-up member, or somebody named; and what they are to the child. */
export function GuardianFields({ household, childId }: { household: Household; childId: number }) {
  const { t } = useTranslation('consents')
  const chosen = Form.useWatch<number | undefined>('guardian')
  const words = [{ required: true, whitespace: true, message: t('needed') }]
  return (
    <>
      <Form.Item
        name="guardian"
        label={t('purposes.guardian')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <Select
          options={[
            ...household.members
              .filter(({ personId, age }) => personId !== childId && (age ?? GROWN_UP) >= GROWN_UP)
              .map(({ personId, name }) => ({ value: personId, label: name })),
            { value: somebodyElse, label: t('purposes.other') },
          ]}
        />
      </Form.Item>
      {chosen === somebodyElse ? (
        <Form.Item name="guardianName" label={t('purposes.guardianName')} rules={words}>
          <Input maxLength={50} />
        </Form.Item>
      ) : null}
      <Form.Item name="guardianRelation" label={t('purposes.relation')} rules={words}>
        <Input maxLength={20} />
      </Form.Item>
    </>
  )
}
