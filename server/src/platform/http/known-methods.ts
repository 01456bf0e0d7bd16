import type { App } from './app.ts'

/** The parts of an address as it is declared; those that begin with a colon stand for anything. */
type Shape = Readonly<{ method: string; parts: readonly string[] }>

/**
 * Keeps the addresses of the API as they are declared, and says which methods an address has: what is asked
 * in another way is told so, and not that it is not there. It knows declarations alone, never what is kept.
 */
export function knownMethods(app: App): (path: string) => readonly string[] {
  const shapes: Shape[] = []
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/')) return
    for (const one of [method].flat()) shapes.push({ method: one, parts: url.split('/') })
  })
  return (path) => {
    const asked = path.split('/')
    const found = shapes.filter(({ parts }) => answersTo(parts, asked))
    return [...new Set(found.map(({ method }) => method))].toSorted()
  }
}

function answersTo(parts: readonly string[], asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, at) => (part.startsWith(':') ? asked[at] !== '' : part === asked[at]))
  )
}
