import { useTranslation } from 'react-i18next'
import type { AccountEvent } from '../../api/views.ts'
import { EventLine } from './event-line.tsx'

/** What changed the account in half a year. */
export function EventsCard({ events }: { events: readonly AccountEvent[] }) {
  const { t } = useTranslation('account')
  return (
    <section className="card account-card" aria-labelledby="account-events">
      <header>
        <h2 id="account-events">{t('events.title')}</h2>
      </header>
      <p className="muted">{t(events.length > 0 ? 'events.lead' : 'events.none')}</p>
      <ul className="account-events">
        {events.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ul>
    </section>
  )
}
