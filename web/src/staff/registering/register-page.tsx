import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonHit, PersonSearch, PersonSearchForm } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { useTrouble } from '../drafts/use-trouble.ts'
import { householdQuery } from '../households/use-household.ts'
import { JoinDialog } from '../members/join-dialog.tsx'
import { EnterForm, type Entered } from './enter-form.tsx'
import { Found } from './found.tsx'
import { SearchForm } from './search-form.tsx'
import {
  type RegisteringSearch,
  useAddMember,
  useRegisterHousehold,
  useSearchPerson,
} from './use-registering.ts'
import './registering.css'

interface Searched {
  sought: PersonSearchForm
  found: PersonSearch
}

/** 登记家庭: first a search, then who was found and why, and only then the form. */
export function RegisterPage() {
  const { t } = useTranslation('registering')
  const { household: joined }: RegisteringSearch = useSearch({ from: '/frame/households/new' })
  const search = useSearchPerson()
  const trouble = useTrouble()
  const [hit, setHit] = useState<PersonHit | null>(null)
  const [searched, setSearched] = useState<Searched>()
  const isHeld = searched?.found.hits.some(({ reasons }) => reasons.includes('same-id-number'))
  async function look(sought: PersonSearchForm): Promise<void> {
    setSearched(undefined)
    setSearched({ sought, found: await search.mutateAsync(sought) })
  }
  return (
    <>
      <PageTitle title={t(joined ? 'member' : 'household')} summary={t('summary')} />
      <div className="registering">
        <SearchForm
          busy={search.isPending}
          onSearch={(sought) => void look(sought).catch(() => {})}
          onChange={() => setSearched(undefined)}
        />
        {search.error ? (
          <Alert role="alert" type="error" showIcon title={trouble(search.error)} />
        ) : null}
        {searched ? <Found found={searched.found} household={joined} onJoin={setHit} /> : null}
        {searched && isHeld ? <Alert type="info" showIcon title={t('held')} /> : null}
        {searched && !isHeld ? (
          <>
            <h2>{t(searched.found.hits.length > 0 ? 'noneOfThem' : 'goOn')}</h2>
            {joined ? (
              <Joining key={searched.found.id} {...searched} id={joined} />
            ) : (
              <Registering key={searched.found.id} {...searched} />
            )}
          </>
        ) : null}
      </div>
      {joined ? <JoinDialog person={hit} household={joined} onClose={() => setHit(null)} /> : null}
    </>
  )
}

function Registering({ sought, found }: Searched) {
  const { t } = useTranslation('registering')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const register = useRegisterHousehold()
  async function enter({ person, area, address }: Entered): Promise<void> {
    const { id } = await register.mutateAsync({ area, address, head: person })
    void message.success(t('registered'))
    await navigate({ to: '/households/$householdId', params: { householdId: String(id) } })
  }
  return (
    <EnterForm
      sought={sought}
      searchId={found.id}
      joins={false}
      busy={register.isPending}
      error={register.error}
      onEnter={(entered) => void enter(entered).catch(() => {})}
    />
  )
}

function Joining({ sought, found, id }: Searched & { id: string }) {
  const { t } = useTranslation('registering')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { data, error } = useQuery(householdQuery(id))
  const add = useAddMember(Number(id))
  async function enter({ person, relation, from }: Entered): Promise<void> {
    await add.mutateAsync({ person, relation, from, version: data?.version ?? 0 })
    void message.success(t('memberAdded'))
    await navigate({ to: '/households/$householdId', params: { householdId: id } })
  }
  return (
    <EnterForm
      sought={sought}
      searchId={found.id}
      joins
      busy={add.isPending || (!data && !error)}
      error={error ?? add.error}
      onEnter={(entered) => void enter(entered).catch(() => {})}
    />
  )
}
