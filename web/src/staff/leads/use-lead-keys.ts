import { useEffect, useState } from 'react'
import type { LeadRow } from '../../api/views.ts'
import { isTyping } from '../../ui/is-typing.ts'

interface LeadKeys {
  items: readonly LeadRow[]
  opened: string | undefined
  onOpen: (id: number | undefined) => void
  onSelect: (id: number) => void
  onAssign: (id: number) => void
}

/** The row one stood on; kept while other pages are visited so that one comes back to it. */
let lastCursor: number | null = null

function isOverlaid(): boolean {
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null
}

/** j and k move, Enter opens, x selects, e assigns. */
export function useLeadKeys({ items, opened, onOpen, onSelect, onAssign }: LeadKeys) {
  const [cursor, setCursor] = useState<number | null>(lastCursor)
  const at = items.findIndex((lead) => lead.id === cursor)

  function moveTo(id: number): void {
    lastCursor = id
    setCursor(id)
    document.querySelector(`[data-lead="${id}"]`)?.scrollIntoView({ block: 'nearest' })
  }

  function move(step: number): void {
    const next = items[Math.min(items.length - 1, Math.max(0, at + step))]
    if (!next) return
    moveTo(next.id)
    if (opened) onOpen(next.id)
  }

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (isTyping(event) || isOverlaid()) return
      const current = items[at]
      const onControl = event.target instanceof HTMLElement && event.target.closest('a, button')
      if (event.key === 'j') move(1)
      else if (event.key === 'k') move(-1)
      else if (event.key === 'Enter' && current && !onControl) onOpen(current.id)
      else if (event.key === 'x' && current) onSelect(current.id)
      else if (event.key === 'e' && current) onAssign(current.id)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  return {
    cursor,
    openAt: (id: number) => {
      moveTo(id)
      onOpen(id)
    },
  }
}
