import { useEffect } from 'react'
import { isTyping } from './is-typing.ts'

/** j and k step through the links that `selector` finds; Enter then opens as it does on any link. */
export function useFocusKeys(selector: string): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if ((event.key !== 'j' && event.key !== 'k') || isTyping(event)) return
      const links = [...document.querySelectorAll<HTMLElement>(selector)]
      const at = links.findIndex((link) => link === document.activeElement)
      const next = links[Math.min(links.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))]
      next?.focus()
      next?.scrollIntoView({ block: 'nearest' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [selector])
}
