import { useQuery } from '@tanstack/react-query'
import { Cascader, Form, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { areaOptions, areasQuery } from '../../api/areas.ts'
import { policiesQuery } from '../../api/policies.ts'

export interface RollWritten {
  programme: string
  /** From the district down; nothing while facts are sent. */
  area?: string[]
  complete: boolean
}

/** Of a roll: whose recipients it lists, where, and whether it lists all of them. */
export function RollFields() {
  const { t } = useTranslation('deliveries')
  const { data: policies } = useQuery(policiesQuery)
  const { data: areas = [] } = useQuery(areasQuery)
  const complete = Form.useWatch<boolean | undefined>('complete') ?? true
  const district = areas.find(({ level }) => level === 'district')
  const options = district
    ? [{ value: district.id, label: district.name, children: areaOptions(areas, district.id) }]
    : []
  return (
    <>
      <Form.Item
        name="programme"
        label={t('programme')}
        rules={[{ required: true, message: t('programmeNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={policies?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      </Form.Item>
      <Form.Item
        name="area"
        label={t('area')}
        rules={[{ required: true, message: t('areaNeeded') }]}
      >
        <Cascader
          options={options}
          changeOnSelect
          showSearch
          displayRender={(labels) => labels.at(-1)}
        />
      </Form.Item>
      <Form.Item
        name="complete"
        className="delivery-form-wide"
        label={t('complete')}
        extra={t(`completeHint.${complete ? 'complete' : 'partial'}`)}
      >
        <Radio.Group
          options={[
            { value: true, label: t('rollKind.complete') },
            { value: false, label: t('rollKind.partial') },
          ]}
        />
      </Form.Item>
    </>
  )
}
