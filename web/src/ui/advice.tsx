import { useTranslation } from 'react-i18next'
import './advice.css'

/** The engine advises, officials decide: said wherever a verdict is shown. */
export function Advice() {
  const { t } = useTranslation()
  return (
    <p className="advice">
      <span aria-hidden="true" className="advice-mark" />
      {t('advice')}
    </p>
  )
}
