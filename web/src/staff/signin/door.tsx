import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BridgeMark } from '../../ui/bridge-mark.tsx'
import { DemoBand } from '../../ui/demo-band.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { BridgePicture } from './bridge-picture.tsx'
import { demoQuery } from './demo-accounts.tsx'
import './signin.css'

/** What everybody sees who is not inside yet: the bridge, and beside it what to do. */
export function Door({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['signin', 'words'])
  const { data: demo } = useQuery(demoQuery)
  return (
    <div className="signin">
      {demo ? <DemoBand today={demo.today} /> : null}
      <aside className="signin-picture">
        <div>
          <p className="signin-welcome">{t('welcome')}</p>
          <p className="signin-lead">{t('lead')}</p>
        </div>
        <BridgePicture label={t('picture')} />
      </aside>
      <main className="signin-main">
        <div className="signin-language">
          <LanguageSwitch />
        </div>
        <div className="signin-box">
          <div className="signin-brand">
            <BridgeMark size={40} />
            <h1>
              {t('words:brand')} <span>{t('words:brandLine')}</span>
            </h1>
          </div>
          {children}
        </div>
      </main>
    </div>
  )
}
