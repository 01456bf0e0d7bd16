import { useMutation, useQueryClient } from '@tanstack/react-query'

/**
 * Sends something. However it ends, what it may have changed is asked for anew: what begins with `key`, or everything
 * on the screen where none is named. Somebody else may have been quicker, and what they did is shown.
 */
export function useWrite<Said, Told>(
  send: (said: Said) => Promise<Told>,
  key?: readonly unknown[],
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries(key ? { queryKey: key } : {}),
  })
}
