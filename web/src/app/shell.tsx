import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionProvider, sessionQuery } from '../api/session.tsx'
import { TodayContext } from '../ui/day.tsx'
import { DemoBand } from '../ui/demo-band.tsx'
import { NothingForYou } from './lost-page.tsx'
import { placesOf } from './places.ts'
import { Rail } from './rail.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { TabBar } from './tab-bar.tsx'
import { TopBar } from './top-bar.tsx'
import './frame.css'

const KEY = 'qiao.rail'

export function Shell() {
  const { t } = useTranslation('app')
  const { data: session } = useQuery(sessionQuery)
  const location = useLocation()
  const [folded, setFolded] = useState(localStorage.getItem(KEY) === 'folded')
  if (session === null) return <Navigate to="/sign-in" search={{ to: location.href }} />
  if (!session) return null
  function fold(next: boolean): void {
    localStorage.setItem(KEY, next ? 'folded' : 'open')
    setFolded(next)
  }
  return (
    <SessionProvider value={session}>
      <TodayContext value={session.today}>
        <a className="skip-link" href="#content">
          {t('skip')}
        </a>
        <div className={`frame${folded ? ' frame-folded' : ''}`}>
          <Rail folded={folded} onFold={fold} />
          <div className="frame-body">
            {session.mode === 'demo' ? <DemoBand today={session.today} /> : null}
            <TopBar />
            <main id="content" tabIndex={-1} className="frame-content">
              {placesOf(session).length > 0 ? <Outlet /> : <NothingForYou />}
            </main>
          </div>
          <TabBar />
        </div>
        <Shortcuts />
      </TodayContext>
    </SessionProvider>
  )
}
