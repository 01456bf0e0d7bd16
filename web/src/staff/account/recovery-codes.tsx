import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import './account.css'

interface RecoveryCodesProps {
  codes: readonly string[]
  /** On the button that leaves. */
  done: string
  onDone: () => void
}

/** Ten codes, shown this once. */
export function RecoveryCodes({ codes, done, onDone }: RecoveryCodesProps) {
  const { t } = useTranslation('account')
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    void message.success(t('recovery.copied'))
  }
  return (
    <div className="recovery">
      <h2>{t('recovery.title')}</h2>
      <p role="status">{t('recovery.show')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="account-buttons">
        <Button type="primary" onClick={onDone}>
          {done}
        </Button>
        <Button onClick={() => void copy()}>{t('recovery.copy')}</Button>
        <Button onClick={() => window.print()}>{t('recovery.print')}</Button>
      </div>
    </div>
  )
}
