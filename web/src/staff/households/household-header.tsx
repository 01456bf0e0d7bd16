import { PrinterOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { AskButton } from '../change-requests/ask-button.tsx'
import { addressField } from '../change-requests/asked-field.ts'
import { ReportButton } from '../reliefs/report-button.tsx'
import { HouseholdContact } from './household-contact.tsx'

export function HouseholdHeader({ household }: { household: Household }) {
  const { t } = useTranslation(['households', 'words', 'changeRequests'])
  const { today } = useSession()
  // What stands in its place says nothing; beneath is told how it comes to be shown.
  const isHidden = household.reasonShows.includes('free-text')
  const head = household.members[0]?.name ?? household.registerNo
  return (
    <>
      <PageTitle
        title={
          <span className="household-name">
            {head}
            <span className="muted">{t('words:people', { count: household.members.length })}</span>
            {household.kind === 'collective' ? <Chip>{t('collective')}</Chip> : null}
          </span>
        }
        summary={
          <span className="household-where">
            <span className="number">{household.registerNo}</span>
            <span>
              {household.area.township ? `${household.area.township} · ` : null}
              {household.area.name}
            </span>
            {household.address ? (
              <span>
                {household.address}
                <AskButton
                  household={household}
                  about={t('changeRequests:address')}
                  fields={[addressField(household)]}
                />
              </span>
            ) : null}
            {household.leadId ? <HouseholdContact leadId={household.leadId} /> : null}
            <span className="only-printed">{t('printed', { day: today })}</span>
          </span>
        }
        action={
          <>
            {household.leadId ? (
              <Link
                to="/leads"
                search={{ open: String(household.leadId) }}
                className="household-lead"
              >
                {t('leadOpen')}
              </Link>
            ) : null}
            <ReportButton household={household} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('words:print')}
            </Button>
          </>
        }
      />
      {household.story && !isHidden ? <p className="household-story">{household.story}</p> : null}
    </>
  )
}
