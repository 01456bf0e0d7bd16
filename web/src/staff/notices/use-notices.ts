import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { NoticeField, NoticeForm, PublicationForm, Purpose } from '../../api/views.ts'

/** Every purpose with its notices, the latest first. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: () => answerOf(api.GET('/api/notices')),
})

/** Fields of a notice in the order in which they are told, those that the purpose asks for. */
export function fieldsOf({ sensitive, toOthers }: Purpose): readonly NoticeField[] {
  const fields: NoticeField[] = ['handler', 'contact', 'aim', 'way', 'kinds']
  if (sensitive) fields.push('necessity')
  fields.push('kept', 'rights')
  if (toOthers) fields.push('receivers')
  return [...fields, 'text', 'easy']
}

export const useWriteNotice = (purposeId: string) =>
  useWrite(
    (body: NoticeForm) =>
      answerOf(api.PUT('/api/notices/{purposeId}', { params: { path: { purposeId } }, body })),
    ['notices'],
  )

export const usePublishNotice = (purposeId: string) =>
  useWrite(
    (body: PublicationForm) =>
      answerOf(
        api.POST('/api/notices/{purposeId}/publication', { params: { path: { purposeId } }, body }),
      ),
    ['notices'],
  )
