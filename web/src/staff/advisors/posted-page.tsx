import type { ReactNode } from 'react'
import { BridgeMark } from '../../ui/bridge-mark.tsx'
import './advisors.css'

/** A page for whoever scanned a code: no menu, nothing to sign in to, nothing for search engines. */
export function PostedPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="posted">
      <meta name="robots" content="noindex, nofollow" />
      <header>
        <BridgeMark />
        <h1>{title}</h1>
      </header>
      <section className="card">{children}</section>
    </main>
  )
}
