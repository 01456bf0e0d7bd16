import type { ReactNode } from 'react'
import './page-title.css'

interface PageTitleProps {
  title: ReactNode
  /** One line beneath the title: how many, how much. */
  summary?: ReactNode
  /** The one primary action, and what little stands beside it. */
  action?: ReactNode
  back?: ReactNode
}

export function PageTitle({ title, summary, action, back }: PageTitleProps) {
  return (
    <header className="page-title">
      <div className="page-title-words">
        {back ? <div className="page-title-back">{back}</div> : null}
        <h1>{title}</h1>
        {summary ? <div className="page-title-summary muted">{summary}</div> : null}
      </div>
      {action ? <div className="page-title-action">{action}</div> : null}
    </header>
  )
}
