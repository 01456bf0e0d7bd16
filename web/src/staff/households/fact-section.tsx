import type { ReactNode } from 'react'
import './facts-tab.css'

/** A table on a card: what is known of somebody, or received. */
export function FactSection({
  title,
  headings,
  children,
}: {
  title: string
  headings: readonly ReactNode[]
  children: ReactNode
}) {
  return (
    <section className="card fact-section">
      <table className="fact-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {headings.map((heading, at) => (
              // Headings have no name of their own but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <th key={at} scope="col">
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
