import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'

/** Whether people live where they are registered, kept in the address; a township may look the other way round, too. */
export function HukouFilter() {
  const { t } = useTranslation('households')
  const { may } = useSession()
  const { hukou } = useSearch({ from: '/frame/households' })
  const navigate = useNavigate({ from: '/households' })
  const offered = ['off', ...(may.includes('registered-here.read') ? ['here'] : [])] as const
  return (
    <Select
      className="households-hukou"
      aria-label={t('hukou.label')}
      value={offered.find((one) => one === hukou) ?? 'all'}
      options={(['all', ...offered] as const).map((value) => ({
        value,
        label: t(`hukou.${value as 'all' | 'off' | 'here'}`),
      }))}
      popupMatchSelectWidth={false}
      onChange={(chosen) =>
        void navigate({
          search: ({ page: _, hukou: before, ...now }) =>
            chosen === 'all' ? now : { ...now, hukou: chosen },
          state: true,
        })
      }
    />
  )
}
