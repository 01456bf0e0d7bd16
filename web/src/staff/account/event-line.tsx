import { useTranslation } from 'react-i18next'
import type { AccountEvent } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { browserOf } from './browser.ts'

/** One change of the own account: what, when, from where. */
export function EventLine({ event }: { event: AccountEvent }) {
  const { t } = useTranslation('account')
  const { browser, system } = browserOf(event.agent)
  return (
    <li>
      {t(`events.what.${event.what}`)}
      <br />
      <span className="muted small">
        <Moment at={event.at} />
        {event.byOther ? ` · ${t('events.byOther')}` : null}
        {event.agent
          ? ` · ${t('sessions.browser', {
              browser: browser ?? t('sessions.unknownBrowser'),
              system: system ?? t('sessions.unknownSystem'),
            })}`
          : null}
        {event.address ? ` · ${t('sessions.from')} ${event.address}` : null}
        {event.mine === null ? null : ` · ${t(event.mine ? 'events.wasMine' : 'events.wasNot')}`}
      </span>
    </li>
  )
}
