import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'

/** Stands for the whole household in a list of members, where null cannot be an option. */
export const wholeHousehold = 0

/** Whose consent it is: everybody's, or one member's. */
export function WhoseField({ household }: { household: Household }) {
  const { t } = useTranslation('consents')
  return (
    <Form.Item name="whose" label={t('whose')}>
      <Select
        options={[
          { value: wholeHousehold, label: t('whole') },
          ...household.members.map(({ personId, name }) => ({ value: personId, label: name })),
        ]}
      />
    </Form.Item>
  )
}
