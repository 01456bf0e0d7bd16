import { QueryCache, QueryClient } from '@tanstack/react-query'
import { Problem } from './problem.ts'

const MINUTE = 60_000

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      // A session that ended elsewhere: every page falls back to signing in.
      const signedOut = error instanceof Problem && error.status === 401
      if (signedOut && query.queryKey[0] !== 'session') {
        void queryClient.invalidateQueries({ queryKey: ['session'] })
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: MINUTE / 2,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; a lost connection is tried again by the client itself.
      retry: false,
    },
  },
})
