import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { momentText } from '../../ui/days.ts'
import { restrictionQuery } from './use-restrictions.ts'

/** Above a household that most do not see: that it is so, or until when this look lasts. */
export function RestrictionNotice({ id }: { id: number }) {
  const { t } = useTranslation('restrictions')
  const { data } = useQuery(restrictionQuery(id))
  if (!data) return null
  const words = data.openUntil ? t('open', { at: momentText(data.openUntil) }) : t('notice')
  return <Alert className="restriction-notice" type="warning" showIcon title={words} />
}
