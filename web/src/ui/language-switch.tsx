import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { chooseLanguage } from '../messages/languages.ts'

/** Offers the other language in its own word. */
const OTHER = {
  'zh-CN': { language: 'en', word: 'English' },
  en: { language: 'zh-CN', word: '中文' },
} as const

export function useOtherLanguage() {
  const { i18n } = useTranslation()
  return OTHER[i18n.language === 'en' ? 'en' : 'zh-CN']
}

export function LanguageSwitch() {
  const { language, word } = useOtherLanguage()
  return (
    <Button
      type="text"
      className="language-switch"
      lang={language}
      onClick={() => chooseLanguage(language)}
    >
      {word}
    </Button>
  )
}
