import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { Delivery, DeliveryQuery, DeliveryStep } from '../../api/views.ts'

/** While the program works on it, its page looks again. */
const LOOK_EVERY = 1500
const AT_WORK: readonly Delivery['state'][] = ['receiving', 'checking', 'applying', 'undoing']

export const isAtWork = ({ state }: Pick<Delivery, 'state'>): boolean => AT_WORK.includes(state)

export type DeliverySearch = { source?: string; state?: string; page?: string }

export function deliveriesQuery({ source, state, page }: DeliverySearch) {
  const query: DeliveryQuery = {
    ...(source ? { source } : {}),
    ...(state ? { state: state as Delivery['state'] } : {}),
    page: Number(page) || 1,
    size: 20,
  }
  return queryOptions({
    queryKey: ['deliveries', query],
    queryFn: () => answerOf(api.GET('/api/deliveries', { params: { query } })),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isAtWork) ? LOOK_EVERY : false),
  })
}

export function deliveryQuery(id: number) {
  return queryOptions({
    queryKey: ['deliveries', id],
    queryFn: () => answerOf(api.GET('/api/deliveries/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (data && isAtWork(data) ? LOOK_EVERY : false),
  })
}

/** Rows that wait and those refused, or those of one outcome. */
export function rowsQuery(id: number, after: number, outcome?: string) {
  const query = { after, size: 50, ...(outcome ? { outcome: outcome as 'held' } : {}) }
  return queryOptions({
    queryKey: ['deliveries', id, 'rows', query],
    queryFn: () =>
      answerOf(api.GET('/api/deliveries/{id}/rows', { params: { path: { id }, query } })),
    select: (answer) => answer.items,
  })
}

export const useStep = (id: number) =>
  useWrite(
    (body: { step: DeliveryStep; ending?: number }) =>
      answerOf(api.POST('/api/deliveries/{id}/steps', { params: { path: { id } }, body })),
    ['deliveries'],
  )

export const useCheck = (id: number) =>
  useWrite(
    (body: { mapping: Record<string, string>; onDay: string }) =>
      answerOf(api.POST('/api/deliveries/{id}/check', { params: { path: { id } }, body })),
    ['deliveries'],
  )

export const useDecide = (id: number) =>
  useWrite(
    ({ row, decision }: { row: number; decision: 'apply' | 'leave' }) =>
      answerOf(
        api.POST('/api/deliveries/{id}/rows/{row}/decision', {
          params: { path: { id, row } },
          body: { decision },
        }),
      ),
    ['deliveries'],
  )

export interface Sending {
  source: string
  file: File
  onDay: string
  roll?: { programme: string; areaId: string; complete: boolean }
  /** How many bytes have arrived. */
  tell: (bytes: number) => void
}

/** Sends a file piece by piece; one that is lost on the way is sent again. */
export const useSend = () =>
  useWrite(
    async ({ file, tell, ...about }: Sending) => {
      const { id, pieceBytes } = await answerOf(
        api.POST('/api/deliveries', {
          body: { ...about, fileName: file.name.slice(-200), bytes: file.size },
        }),
      )
      for (let number = 0; number * pieceBytes < file.size; number++) {
        const piece = file.slice(number * pieceBytes, (number + 1) * pieceBytes)
        await sendPiece(id, number, piece)
        tell(Math.min(file.size, (number + 1) * pieceBytes))
      }
      await answerOf(
        api.POST('/api/deliveries/{id}/received', { params: { path: { id } }, body: {} }),
      )
      return id
    },
    ['deliveries'],
  )

async function sendPiece(id: number, number: number, piece: Blob): Promise<unknown> {
  const body = { base64: await base64Of(piece) }
  return answerOf(
    api.PUT('/api/deliveries/{id}/pieces/{number}', { params: { path: { id, number } }, body }),
  )
}

function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      const { result } = reader
      resolve(typeof result === 'string' ? result.slice(result.indexOf(',') + 1) : '')
    })
    reader.addEventListener('error', () => reject(new Error('the file cannot be read')))
    reader.readAsDataURL(piece)
  })
}
