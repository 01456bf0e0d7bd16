import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LeadRow } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { dayAfter } from '../../ui/days.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useUndo } from '../../ui/use-undo.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { restoreEach, useLeadActions } from './use-leads.ts'
import './bulk-bar.css'

interface BulkBarProps {
  leads: readonly LeadRow[]
  assigning: boolean
  onAssigning: (assigning: boolean) => void
  onDone: () => void
}

const DELAYS = { week: 7, fortnight: 14, month: 30, quarter: 90 } as const

/** What can be done with the selected households at once; everything here can be undone. */
export function BulkBar({ leads, assigning, onAssigning, onDone }: BulkBarProps) {
  const { t } = useTranslation(['leads', 'words'])
  const today = useToday()
  const actions = useLeadActions()
  const offerUndo = useUndo()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const ids = leads.map((lead) => lead.id)

  /** Does it, or says in words why not; what was selected stays selected then. */
  async function tried(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => void message.warning(problemText(error)))
  }

  async function snooze(until: string | null): Promise<void> {
    await actions.snooze(ids, until)
    const text = until
      ? t('done.snoozed', { count: ids.length, day: until })
      : t('done.woken', { count: ids.length })
    offerUndo(text, () => restoreEach(leads, (lead) => lead.snoozedUntil, actions.snooze))
    onDone()
  }

  async function assign(staffId: string | null, name: string): Promise<void> {
    onAssigning(false)
    await actions.assign(ids, staffId)
    const text = staffId
      ? t('done.assigned', { count: ids.length, name })
      : t('done.released', { count: ids.length })
    offerUndo(text, () => restoreEach(leads, (lead) => lead.assignee?.id ?? null, actions.assign))
    onDone()
  }

  const delays = Object.entries(DELAYS).map(([key, days]) => ({
    key,
    label: t(`snoozeFor.${key as keyof typeof DELAYS}`),
    onClick: () => void tried(() => snooze(dayAfter(today, days))),
  }))
  const wake = {
    key: 'wake',
    label: t('snoozeFor.wake'),
    onClick: () => void tried(() => snooze(null)),
  }
  const items = leads.some((lead) => lead.snoozedUntil) ? [...delays, wake] : delays

  return (
    <>
      {leads.length > 0 ? (
        <section className="bulk-bar" aria-label={t('selected', { count: leads.length })}>
          <span className="bulk-count">{t('selected', { count: leads.length })}</span>
          <Button type="primary" onClick={() => onAssigning(true)}>
            {t('assign')}
          </Button>
          <Dropdown menu={{ items }} trigger={['click']} placement="topLeft">
            <Button>{t('snooze')}</Button>
          </Dropdown>
          <Button type="text" onClick={onDone}>
            {t('words:cancel')}
          </Button>
        </section>
      ) : null}
      <AssignDialog
        leads={leads}
        open={assigning && leads.length > 0}
        onCancel={() => onAssigning(false)}
        onAssign={(staffId, name) => void tried(() => assign(staffId, name))}
      />
    </>
  )
}
