import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { FigureForm } from '../../api/views.ts'

/** Enters a missing figure; everything judged by the old pack is read again. */
export function useAddFigure() {
  const queries = useQueryClient()
  return async (id: string, body: FigureForm): Promise<string> => {
    const { pack } = await answerOf(
      api.POST('/api/policies/parameters/{id}/rows', { params: { path: { id } }, body }),
    )
    await queries.invalidateQueries()
    return pack.version
  }
}
