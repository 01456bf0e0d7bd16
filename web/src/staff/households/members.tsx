import { useTranslation } from 'react-i18next'
import type { Household, Member } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { AskButton } from '../change-requests/ask-button.tsx'
import { fieldsOfMember } from '../change-requests/asked-field.ts'
import { CasesOfHousehold } from '../cases/cases-of-household.tsx'
import { RequestsOfHousehold } from '../change-requests/requests-of-household.tsx'
import { Changes } from '../members/changes.tsx'
import { OffHukouChip, OffHukouNote } from '../members/off-hukou-note.tsx'
import { ReliefsOfHousehold } from '../reliefs/reliefs-of-household.tsx'
import { RegisteredPlaces } from '../members/registered-places.tsx'
import { Supporters } from '../members/supporters.tsx'
import './members.css'

export function Members({ household }: { household: Household }) {
  const { t } = useTranslation('households')
  return (
    <section className="members" aria-labelledby="members">
      <div className="members-head">
        <h2 id="members">{t('members')}</h2>
        {household.may.includes('record-fact') ? <Changes household={household} /> : null}
      </div>
      <ul tabIndex={0} aria-labelledby="members">
        {household.members.map((member) => (
          <li key={member.personId} className="card member">
            <MemberCard member={member} household={household} />
          </li>
        ))}
      </ul>
      <OffHukouNote members={household.members} />
      <RegisteredPlaces household={household} />
      <Supporters household={household} />
      <CasesOfHousehold household={household} />
      <ReliefsOfHousehold household={household} />
      <RequestsOfHousehold household={household} />
    </section>
  )
}

function MemberCard({ member, household }: { member: Member; household: Household }) {
  const { t } = useTranslation('households')
  const details = [
    member.sex,
    member.age === null ? null : t('member.age', { age: member.age }),
    member.birthDate,
  ]
  return (
    <>
      <div className="member-name">
        <strong>{member.name}</strong>
        <span className="muted">{member.relation}</span>
      </div>
      <p className="number">{details.filter(Boolean).join(' · ')}</p>
      {member.idNumber || member.phone ? (
        <p className="muted small number">
          {[member.idNumber, member.phone].filter(Boolean).join(' · ')}
        </p>
      ) : null}
      {member.chips.length > 0 || member.registration.assists ? (
        <p className="member-chips">
          <OffHukouChip member={member} />
          {member.chips.map((chip) => (
            <Chip key={chip}>{chip}</Chip>
          ))}
        </p>
      ) : null}
      <AskButton
        household={household}
        about={member.name}
        fields={fieldsOfMember(household, member.personId)}
      />
    </>
  )
}
