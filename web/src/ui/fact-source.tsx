import { Day } from './day.tsx'
import './fact-source.css'

/** Where a fact comes from and when it was seen, small beneath the value. */
export function FactSource({
  source,
  day,
}: {
  source?: string | null | undefined
  day?: string | null | undefined
}) {
  if (!source && !day) return null
  return (
    <span className="fact-source muted">
      {source ? <span>{source}</span> : null}
      {source && day ? <span aria-hidden="true">{' · '}</span> : null}
      {day ? <Day day={day} /> : null}
    </span>
  )
}
