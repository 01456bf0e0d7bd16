import { Problem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/states.tsx'

/** Why something was refused: with drafts the server's own sentence says most. */
export function useTrouble(): (error: unknown) => string {
  const general = useProblemText()
  return (error) =>
    error instanceof Problem && error.status >= 400 && error.status < 500 && error.detail
      ? `${error.message}。${error.detail}`
      : general(error)
}
