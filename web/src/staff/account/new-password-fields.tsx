import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { PasswordMeter } from './password-meter.tsx'

interface NewPasswordFieldsProps {
  whose: Readonly<{ username: string; name: string }>
}

/** A new password and the same once more, as fields `chosen` and `again` of the form around them. */
export function NewPasswordFields({ whose }: NewPasswordFieldsProps) {
  const { t } = useTranslation('account')
  const chosen = Form.useWatch<string | undefined>('chosen', Form.useFormInstance()) ?? ''
  return (
    <>
      <Form.Item
        name="chosen"
        label={t('password.chosen')}
        extra={
          <>
            {t('password.hint')}
            <PasswordMeter password={chosen} whose={whose} />
          </>
        }
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['chosen']}
        rules={[
          { required: true, message: t('password.needed') },
          ({ getFieldValue }) => ({
            validator: (_rule, value: string | undefined) =>
              !value || value === getFieldValue('chosen')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differ'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </>
  )
}
