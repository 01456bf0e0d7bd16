import type { ReactNode } from 'react'
import './chip.css'

type ChipTone = 'plain' | 'bridge' | 'amber' | 'outline'

export function Chip({ children, tone = 'plain' }: { children: ReactNode; tone?: ChipTone }) {
  return <span className={`chip chip-${tone}`}>{children}</span>
}
