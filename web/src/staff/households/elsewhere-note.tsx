import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HouseholdList } from '../../api/views.ts'
import { stateTyped } from '../../app/typed.ts'

interface ElsewhereNoteProps {
  elsewhere: NonNullable<HouseholdList['elsewhere']>
  /** The ID number that was searched. */
  number: string
}

/** Of somebody out of sight only that there is a record, and who answers for it. */
export function ElsewhereNote({ elsewhere, number }: ElsewhereNoteProps) {
  const { t } = useTranslation('restrictions')
  const { township, restricted } = elsewhere
  return (
    <Alert
      className="households-elsewhere"
      type="warning"
      showIcon
      title={t(restricted ? 'restricted' : 'elsewhere', { township })}
      action={
        restricted ? (
          <Link to="/glass-breaks" state={stateTyped(number)}>
            <Button size="small" tabIndex={-1}>
              {t('glass.title')}
            </Button>
          </Link>
        ) : null
      }
    />
  )
}
