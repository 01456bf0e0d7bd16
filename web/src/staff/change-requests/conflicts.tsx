import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ChangeRequest } from '../../api/views.ts'

/** Others that wait for the same field: one of them is to be refused or looked at again. */
export function Conflicts({ request: { conflicts } }: { request: ChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  if (conflicts.length === 0) return null
  return (
    <div className="change-request-notice">
      <p>{t('conflictsLead')}</p>
      <ul>
        {conflicts.map(({ id, fieldNames, madeBy, mine, state }) => (
          <li key={id}>
            <Link to="/change-requests/$requestId" params={{ requestId: String(id) }}>
              {t('number', { id })}
            </Link>{' '}
            {fieldNames.join('、')} · {mine ? t('me') : madeBy} · {t(`state.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
