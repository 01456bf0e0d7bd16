import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { said } from './retention-dialog.tsx'

/** On what something is erased: it outlives the records. */
export function BasisField() {
  const { t } = useTranslation('retention')
  return (
    <Form.Item
      name="basis"
      label={t('erasure.basis')}
      extra={t('erasure.basisHint')}
      rules={said(2, t('erasure.basisNeeded'))}
    >
      <Input maxLength={300} />
    </Form.Item>
  )
}
