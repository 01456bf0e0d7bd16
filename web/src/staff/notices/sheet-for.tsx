import { useQuery } from '@tanstack/react-query'
import type { Notice, Purpose } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { memberName } from '../households/facts.ts'
import { householdQuery } from '../households/use-household.ts'
import { NoticeSheet } from './notice-sheet.tsx'

interface SheetForProps {
  purpose: Purpose
  notice: Notice
  household: string
  person: string
}

/** The sheet with the name of one member on it. */
export function SheetFor({ purpose, notice, household, person }: SheetForProps) {
  const { data, error, refetch } = useQuery(householdQuery(household))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  return <NoticeSheet purpose={purpose} notice={notice} name={memberName(data, person)} />
}
