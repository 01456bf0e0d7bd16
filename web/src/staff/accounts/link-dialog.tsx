import { App, Button, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

/** A one-time link, and whom it is for. */
export interface Given {
  name: string
  token: string
}

/** Shown once: who closes it without handing it over makes a new one. */
export function LinkDialog({ given, onDone }: { given: Given | undefined; onDone: () => void }) {
  const { t } = useTranslation('accounts')
  const { message } = App.useApp()
  const address = given ? `${window.location.origin}/invitation/${given.token}` : ''
  const copy = async () => {
    await navigator.clipboard.writeText(address)
    void message.success(t('link.copied'))
  }
  return (
    <Modal
      title={t('link.title')}
      open={given !== undefined}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <>
          <Button onClick={() => void copy()}>{t('link.copy')}</Button>
          <Button type="primary" onClick={onDone}>
            {t('link.done')}
          </Button>
        </>
      }
    >
      <p>{t('link.body', { name: given?.name ?? '' })}</p>
      <Input.TextArea
        className="link-address"
        aria-label={t('link.address')}
        readOnly
        autoSize
        value={address}
        onFocus={(event) => event.target.select()}
      />
    </Modal>
  )
}
