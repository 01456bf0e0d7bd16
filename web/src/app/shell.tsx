import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionProvider, sessionQuery } from '../api/session.tsx'
import { TodayContext } from '../ui/day.tsx'
import { DemoBand } from '../ui/demo-band.tsx'
import { AccountNotice } from './account-notice.tsx'
import { NothingForYou } from './lost-page.tsx'
import { placesOf } from './places.ts'
import { Rail } from './rail.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { TabBar } from './tab-bar.tsx'
import { TopBar } from './top-bar.tsx'
import './frame.css'

const KEY = 'qiao.rail'

/** Whose session is over signs in anew, and comes back to the page they were on. */
function useBackToTheDoor(isOver: boolean): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!isOver) return
    const { pathname, search } = window.location
    void navigate({ to: '/sign-in', search: { to: pathname + search } })
  }, [isOver, navigate])
}

export function Shell() {
  const { t } = useTranslation('app')
  const { data: session } = useQuery(sessionQuery)
  const [folded, setFolded] = useState(localStorage.getItem(KEY) === 'folded')
  useBackToTheDoor(session === null)
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
            <AccountNotice />
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
