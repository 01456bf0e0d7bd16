import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household } from '../../api/views.ts'
import { aboutOf } from './about.ts'
import { RequestState } from './request-state.tsx'
import { requestsOfQuery } from './use-change-requests.ts'
import './change-requests.css'

/** What is asked of this household's record, and what was; nothing where nobody ever asked. */
export function RequestsOfHousehold({ household }: { household: Household }) {
  const { t } = useTranslation('changeRequests')
  const { may } = useSession()
  const { data } = useQuery({
    ...requestsOfQuery(household.id),
    enabled: may.includes('change-requests.read'),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card requests-of" aria-labelledby="requests-of">
      <h2 id="requests-of">{t('title')}</h2>
      <ul>
        {data.items.map(({ id, names, fieldNames, state }) => (
          <li key={id}>
            <Link to="/change-requests/$requestId" params={{ requestId: String(id) }}>
              {aboutOf({ names, fieldNames }) || t('number', { id })}
            </Link>
            <RequestState state={state} />
          </li>
        ))}
      </ul>
    </section>
  )
}
