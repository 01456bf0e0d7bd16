import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

/** Where an SFTP folder is, who signs in there, and by which key its server is known. */
export function SftpFields() {
  const { t } = useTranslation('exchange')
  return (
    <>
      <Form.Item
        name="userName"
        label={t('points.userName')}
        rules={[{ required: true, whitespace: true, message: t('points.userNameNeeded') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="serverKey"
        label={t('points.serverKey')}
        extra={t('points.serverKeyHint')}
        rules={[
          {
            required: true,
            pattern: /^SHA256:[A-Za-z0-9+/]{43}$/,
            message: t('points.serverKeyNeeded'),
          },
        ]}
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="folder"
        label={t('points.folder')}
        rules={[{ required: true, pattern: /^\//, message: t('points.folderNeeded') }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item
        name="pattern"
        label={t('points.pattern')}
        extra={t('points.patternHint')}
        rules={[{ required: true, pattern: /^[^/]+$/, message: t('points.patternNeeded') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
    </>
  )
}

/** Which file an HTTPS address gives, and by what it lets us in. */
export function HttpsFields() {
  const { t } = useTranslation('exchange')
  return (
    <>
      <Form.Item
        name="path"
        label={t('points.path')}
        extra={t('points.pathHint')}
        rules={[{ required: true, pattern: /^\/[\x21-\x7e]*$/, message: t('points.pathNeeded') }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="token" label={t('points.token')} extra={t('points.tokenHint')}>
        <Input.Password maxLength={4000} autoComplete="off" />
      </Form.Item>
    </>
  )
}
