import { useRouterState } from '@tanstack/react-router'

/**
 * What somebody typed to find a person by. It stays with the entry of the browser's history, by which a step back brings
 * it back, and never in an address, which servers on the way keep.
 */
declare module '@tanstack/react-router' {
  interface HistoryState {
    typed?: string
  }
}

/** What was typed on the page as it is now; empty where nothing was. */
export function useTyped(): string {
  return useRouterState({ select: ({ location }) => location.state.typed ?? '' })
}

/** The state of an entry of the history that holds what was typed, if anything. */
export function stateTyped(text: string): { typed?: string } {
  const typed = text.trim()
  return typed ? { typed } : {}
}
