import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { leadQuery } from '../../api/lead.ts'
import { Day } from '../../ui/day.tsx'

/** Who follows this household and when somebody last wrote something down. */
export function HouseholdContact({ leadId }: { leadId: number }) {
  const { t } = useTranslation('households')
  const { data: lead } = useQuery(leadQuery(leadId))
  if (!lead) return null
  const lastContact = lead.events
    .filter((event) => event.by !== null)
    .map((event) => event.at)
    .toSorted()
    .at(-1)
  return (
    <>
      <span>
        {t('followedBy')} {lead.assignee?.name ?? t('nobody')}
      </span>
      {lastContact ? (
        <span>
          {t('lastContact')} <Day day={lastContact} />
        </span>
      ) : null}
    </>
  )
}
