import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Draft, DraftCheck } from '../../api/views.ts'
import { type CheckWish, draftCheckQuery, draftFileQuery, useDraftActions } from './use-drafts.ts'

type Texts = Readonly<Record<string, string>>

/** How long nobody types before the draft is checked (ms). */
const PAUSE = 700

/** What is being written on a draft, file by file, until it is saved. */
export function useWriting(draft: Draft, path: string) {
  const [texts, setTexts] = useState<Texts>({})
  const [from, setFrom] = useState(draft.from)
  const { save } = useDraftActions(draft.id)
  const file = useQuery({
    ...draftFileQuery(draft.id, draft.revision, path),
    placeholderData: keepPreviousData,
  })
  const isDirty = Object.keys(texts).length > 0 || from !== draft.from
  const check = useCheck(draft, texts, path)
  const loaded = file.data?.path === path ? file.data : undefined

  async function store(): Promise<void> {
    await save.mutateAsync({
      revision: draft.revision,
      title: draft.title,
      note: draft.note,
      from,
      files: withPrefix(texts, false),
      cases: withPrefix(texts, true),
    })
    setTexts({})
  }
  return {
    file,
    loaded,
    check,
    from,
    setFrom,
    isDirty,
    store,
    saving: save,
    text: loaded ? (texts[path] ?? loaded.text) : '',
    cases: (loaded?.cases ?? []).map((one) => ({
      ...one,
      text: texts[one.path] ?? one.text,
    })),
    isChanged: (one: string) => one in texts,
    write: (one: string, text: string) =>
      setTexts((before) => ({
        ...before,
        [one]: text,
      })),
    discard: () => {
      setTexts({})
      setFrom(draft.from)
    },
  }
}

export type Writing = ReturnType<typeof useWriting>

function withPrefix(texts: Texts, isCase: boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).filter(([path]) => path.startsWith('cases/') === isCase),
  )
}

/** The check of what stands written, once nobody has typed for a moment. */
function useCheck(draft: Draft, texts: Texts, path: string) {
  const [settled, settle] = useState(texts)
  useEffect(() => {
    const timer = setTimeout(() => settle(texts), PAUSE)
    return () => clearTimeout(timer)
  }, [texts])
  const programme = /^programmes\/(.+)\.yaml$/.exec(path)?.[1]
  const wish: CheckWish = {
    files: withPrefix(settled, false),
    cases: withPrefix(settled, true),
    programmes: programme === undefined ? [] : [programme],
  }
  const query = useQuery({
    ...draftCheckQuery(draft.id, draft.revision, wish),
    placeholderData: keepPreviousData,
  })
  const found: DraftCheck | undefined = query.data
  return { found, error: query.error, isChecking: query.isFetching || settled !== texts }
}
