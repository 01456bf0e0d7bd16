import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/queries.ts'
import { useAppearance } from './appearance.ts'
import { router } from './router.tsx'
import { consoleTheme } from './theme.ts'

const still = window.matchMedia('(prefers-reduced-motion: reduce)')

export function Providers() {
  const appearance = useAppearance()
  const { i18n, t } = useTranslation('app')
  const english = i18n.language === 'en'
  dayjs.locale(english ? 'en' : 'zh-cn')
  useEffect(() => {
    document.title = t('title')
  }, [t])
  return (
    <ConfigProvider
      locale={english ? enUS : zhCN}
      theme={consoleTheme(appearance, still.matches)}
      button={{ autoInsertSpace: false }}
    >
      <App message={{ maxCount: 2 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
