import type { ListedChangeRequest } from '../../api/views.ts'

/** Whom and what a request is about; empty where nothing of it is shown to the reader. */
export function aboutOf({
  names,
  fieldNames,
}: Pick<ListedChangeRequest, 'names' | 'fieldNames'>): string {
  return fieldNames.length === 0 ? '' : `${names.join('、')} · ${fieldNames.join('、')}`
}
