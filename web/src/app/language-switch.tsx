import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { chooseLanguage } from '../messages/languages.ts'

/** Offers the other language in its own words. */
const OTHER = {
  'zh-CN': { language: 'en', word: 'English', short: 'EN' },
  en: { language: 'zh-CN', word: '中文', short: '中' },
} as const

export function LanguageSwitch() {
  const { i18n } = useTranslation()
  const other = OTHER[i18n.language === 'en' ? 'en' : 'zh-CN']
  return (
    <Button
      type="text"
      lang={other.language}
      aria-label={other.word}
      onClick={() => chooseLanguage(other.language)}
    >
      {other.short}
    </Button>
  )
}
