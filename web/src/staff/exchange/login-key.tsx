import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** What the department lets in. */
export function LoginKey({ line }: { line: string }) {
  const { t } = useTranslation('exchange')
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(line)
    void message.success(t('points.copied'))
  }
  return (
    <span className="small drop-point-key">
      {t('points.loginKey')} <code className="push-key-id">{line}</code>{' '}
      <Button size="small" type="link" onClick={() => void copy()}>
        {t('points.copy')}
      </Button>
    </span>
  )
}
