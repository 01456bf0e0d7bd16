import type { ReactNode } from 'react'
import './facts-tab.css'

/** A table on a card: what is known of somebody, or received. */
export function FactSection({
  title,
  headings,
  children,
}: {
  title: string
  /** By a name of their own. */
  headings: Readonly<Record<string, ReactNode>>
  children: ReactNode
}) {
  return (
    <section className="card fact-section">
      <table className="fact-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {Object.entries(headings).map(([key, heading]) => (
              <th key={key} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
