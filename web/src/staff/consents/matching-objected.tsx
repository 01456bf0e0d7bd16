import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { EmptyState } from '../../ui/states.tsx'

/** Whether the server refused because the household wants no matching. */
export function isObjected(error: unknown): boolean {
  return error instanceof Problem && error.type === '/problems/matching-objected'
}

/** In the place of verdicts: why there are none, and where that can be seen and taken back. */
export function MatchingObjected({ id }: { id: string }) {
  const { t } = useTranslation('consents')
  return (
    <section className="card matching-objected">
      <EmptyState
        title={t('objected.title')}
        body={t('objected.body')}
        action={
          <Link
            to="/households/$householdId"
            params={{ householdId: id }}
            search={{ tab: 'consents' }}
          >
            {t('objected.see')}
          </Link>
        }
      />
    </section>
  )
}
