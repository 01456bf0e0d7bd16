import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { signOut, useSession } from '../api/session.tsx'
import { chooseLanguage } from '../messages/languages.ts'
import { useOtherLanguage } from '../ui/language-switch.tsx'
import { type AppearanceChoice, chooseAppearance, useAppearanceChoice } from './appearance.ts'
import { showShortcuts } from './shortcuts.tsx'

const APPEARANCES: AppearanceChoice[] = ['system', 'light', 'dark']

export function AccountMenu() {
  const { t } = useTranslation('app')
  const { staff } = useSession()
  const choice = useAppearanceChoice()
  const other = useOtherLanguage()
  const navigate = useNavigate()
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: `${staff.roleName} · ${staff.area.name}`,
    },
    { key: 'security', label: t('security'), onClick: () => void navigate({ to: '/account' }) },
    { type: 'divider' },
    {
      key: 'appearance',
      type: 'group',
      label: t('appearance.title'),
      children: APPEARANCES.map((key) => ({
        key,
        label: t(`appearance.${key}`),
        onClick: () => chooseAppearance(key),
      })),
    },
    { type: 'divider' },
    { key: 'language', label: other.word, onClick: () => chooseLanguage(other.language) },
    { key: 'keys', label: t('shortcuts'), extra: '?', onClick: showShortcuts },
    { key: 'out', label: t('signOut'), onClick: () => void signOut() },
  ]
  return (
    <Dropdown menu={{ items, selectedKeys: [choice] }} trigger={['click']} placement="bottomRight">
      <Button type="text" aria-label={`${t('account')}:${staff.name}`}>
        <UserOutlined className="account-icon" />
        <span className="account-name">{staff.name}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  )
}
