import { DownOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household } from '../../api/views.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'
import { TakeBackDialog } from './take-back-dialog.tsx'

type Change = 'leave' | 'split' | 'move' | 'take-back'

/** 成员变动: who comes, goes, founds a household of their own or moves with all of it, and what was a mistake. */
export function Changes({ household }: { household: Household }) {
  const { t } = useTranslation(['members', 'households'])
  const { may } = useSession()
  const navigate = useNavigate()
  const [change, setChange] = useState<Change | null>(null)
  const dialog = (name: Change) => ({
    household,
    open: change === name,
    onClose: () => setChange(null),
  })
  const items = [
    { key: 'add', label: t('households:addMember') },
    { key: 'leave', label: t('leave') },
    ...(household.members.length > 1 ? [{ key: 'split', label: t('split') }] : []),
    ...(may.includes('households.move') ? [{ key: 'move', label: t('move') }] : []),
    { key: 'take-back', label: t('takeBackLast') },
  ]
  function begin(key: Change | 'add'): void {
    if (key !== 'add') setChange(key)
    else void navigate({ to: '/households/new', search: { household: String(household.id) } })
  }
  return (
    <span className="members-changes">
      <Dropdown
        trigger={['click']}
        menu={{ items, onClick: ({ key }) => begin(key as Change | 'add') }}
      >
        <Button type="link" size="small" icon={<DownOutlined />} iconPlacement="end">
          {t('changes')}
        </Button>
      </Dropdown>
      <LeaveDialog {...dialog('leave')} />
      <SplitDialog {...dialog('split')} />
      <MoveDialog {...dialog('move')} />
      <TakeBackDialog {...dialog('take-back')} />
    </span>
  )
}
