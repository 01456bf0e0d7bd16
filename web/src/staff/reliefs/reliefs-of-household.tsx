import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { ReliefState } from './relief-state.tsx'
import { reliefsOfQuery } from './use-reliefs.ts'
import './reliefs.css'

/** Quick reliefs of this household; nothing where there never was one. */
export function ReliefsOfHousehold({ household }: { household: Household }) {
  const { t } = useTranslation('reliefs')
  const { may } = useSession()
  const { data } = useQuery({
    ...reliefsOfQuery(household.id),
    enabled: may.includes('reliefs.read'),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card reliefs-of" aria-labelledby="reliefs-of">
      <h2 id="reliefs-of">{t('title')}</h2>
      <ul>
        {data.items.map(({ id, cause, reportedOn, state }) => (
          <li key={id}>
            <Link to="/reliefs/$reliefId" params={{ reliefId: String(id) }}>
              {t(`cause.${cause}`)} · <Day day={reportedOn} />
            </Link>
            <ReliefState state={state} />
          </li>
        ))}
      </ul>
    </section>
  )
}
