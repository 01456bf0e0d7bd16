import {
  administrators,
  all,
  allowed,
  byArea,
  inCommittees,
  notGranted,
  type Probe,
  refused,
  seen,
  staffOnly,
} from './probing.ts'
import { areas, outsiders as outside, staffIdOf } from './two-townships.ts'

const packCalled = (hash: string) =>
  `insert into app.pack (version, hash, files) values ('2', '${hash}', '{}')`
const pack = packCalled('other')
const approvedPack = packCalled('approved')
const draft = `insert into app.policy_draft (title, base_hash, content_hash, version) values ('试', 'hash', 'x', '2')`
const draftStep = (id: number, state: string) =>
  `update app.policy_draft set state = '${state}' where id = ${id}`
const draftEvent = (kind: string) =>
  `insert into app.policy_draft_event (draft_id, kind, revision, content_hash) values (1, '${kind}', 1, 'approved')`
const draftImpact = `insert into app.policy_draft_impact (draft_id, revision, content_hash, impact, second_approver)
  values (1, 1, 'approved', '{}', false)`
const feedback = `insert into app.policy_feedback (programme, works, because) values ('dibao', true, '办得比以前快')`
const answer = (id: number, by: string) =>
  `update app.policy_feedback set answer = '已改', answered_by = '${by}', answered_at = now() where id = ${id}`
const attach = (feedback: number, household: number, area: string) =>
  `insert into app.policy_feedback_household (feedback_id, household_id, area_id)
   values (${feedback}, ${household}, '${area}')`
const entry = `insert into app.parameter_entry (parameter, from_day, value, document, source)
  values ('dibao-standard', '2026-07-01', 2, '文件', '民政')`
const experiment = `insert into app.experiment (name, parameters, rules) values ('试', '[]', '[]')`
const removeExperiments = 'update app.experiment set removed_at = now()'

/** Probes of what policies are made of and what is said of them: drafts, packs, figures, experiments, feedback. */
export const policyProbes: Readonly<Record<string, readonly Probe[]>> = {
  appointment: [
    ...seen('appointment', {
      district: 2,
      approver: 2,
      seconded: 2,
      township: 1,
      securityAdmin: 7,
    }),
    notGranted(
      'appoints anybody',
      `insert into app.appointment (staff_id, capability, valid_from)
       values ('${staffIdOf('seconded')}', 'policy-approver', '2024-01-01')`,
    ),
    notGranted('prolongs an appointment', 'update app.appointment set valid_to = null'),
  ],
  experiment: [
    ...seen('experiment', {
      // That of the district and that of the township around.
      committeeClerk: 2,
      township: 2,
      otherTownship: 2,
      district: 3,
      seconded: 2,
    }),
    ...(['township', 'district', 'seconded', 'committeeClerk'] as const).map((actor) =>
      allowed(actor, 'keeps an experiment', experiment),
    ),
    ...refused(
      ['advisor', 'advisorNextDoor', ...administrators, 'program', ...outside],
      'keeps no experiment',
      experiment,
    ),
    allowed('township', 'removes the own experiment', removeExperiments),
    ...(['committeeClerk', 'advisor', 'systemAdmin', 'program', 'forged'] as const).map((actor) =>
      allowed(actor, 'removes no experiment of somebody else', removeExperiments, 0),
    ),
    notGranted(
      'says in whose name an experiment is kept',
      `insert into app.experiment (name, parameters, rules, by) values ('无', '[]', '[]', '${staffIdOf('district')}')`,
    ),
    notGranted('wipes an experiment out', 'delete from app.experiment'),
    notGranted('changes an experiment', `update app.experiment set name = '无'`),
  ],
  pack: [
    ...seen('pack', all(1, [...staffOnly, 'program', 'pushKey'])),
    allowed('systemAdmin', 'publishes a pack with the figure entered', pack),
    allowed('approver', 'publishes what was approved', approvedPack),
    ...refused(
      [
        ...inCommittees,
        ...(['township', 'district', 'approver', 'seconded'] as const),
        ...(['securityAdmin', 'auditAdmin', 'program'] as const),
        ...outside,
      ],
      'publishes no pack without a figure or an approval',
      pack,
    ),
    ...refused(['district', 'seconded'], 'publishes no pack as its author', approvedPack),
    notGranted('changes a published pack', `update app.pack set files = '{}'`),
    notGranted('removes a published pack', 'delete from app.pack'),
    notGranted(
      'says in whose name a pack is published',
      `insert into app.pack (version, hash, files, published_by) values ('2', 'x', '{}', 'owner')`,
    ),
  ],
  pack_release: [
    ...seen('pack_release', all(1, [...staffOnly, 'program', 'pushKey'])),
    notGranted(
      'says that a release has arrived',
      `insert into app.pack_release (version, hash, files, contained) values ('9', 'x', '{}', true)`,
    ),
    notGranted('says that a release is adopted', 'update app.pack_release set contained = true'),
    notGranted('forgets a release', 'delete from app.pack_release'),
  ],
  parameter_entry: [
    ...seen('parameter_entry', all(2, [...staffOnly, 'program', 'pushKey'])),
    allowed('district', 'enters a figure', entry),
    allowed('systemAdmin', 'enters a figure', entry),
    ...refused(
      [...inCommittees, 'township', 'securityAdmin', 'auditAdmin', 'program', ...outside],
      'enters no figure',
      entry,
    ),
    notGranted('changes an entered figure', 'update app.parameter_entry set value = 9'),
  ],
  policy_draft: [
    ...seen('policy_draft', { district: 2 }),
    allowed('district', 'begins a draft', draft),
    ...refused(
      [
        ...inCommittees,
        ...(['township', 'approver', 'seconded'] as const),
        ...administrators,
        'program',
        ...outside,
      ],
      'begins no draft',
      draft,
    ),
    allowed('district', 'submits the own draft', draftStep(2, 'in-review')),
    ...(['seconded', 'township', 'systemAdmin', 'program', 'forged'] as const).map((actor) =>
      allowed(actor, 'takes no step with a draft', draftStep(2, 'withdrawn'), 0),
    ),
    notGranted('removes a draft', 'delete from app.policy_draft'),
  ],
  policy_draft_event: [
    ...seen('policy_draft_event', { district: 1 }),
    allowed('approver', 'notes an approval', draftEvent('approved')),
    allowed('district', 'notes that the own draft was saved', draftEvent('saved')),
    ...refused(['district', 'seconded'], 'notes no approval', draftEvent('approved')),
    ...refused(
      ['approver', 'township', ...administrators, 'program', ...outside],
      'notes nothing in the name of the author',
      draftEvent('submitted'),
    ),
    notGranted('changes what was noted', `update app.policy_draft_event set kind = 'approved'`),
    notGranted('removes what was noted', 'delete from app.policy_draft_event'),
  ],
  policy_draft_impact: [
    ...seen('policy_draft_impact', { district: 1 }),
    allowed('district', 'keeps an impact', draftImpact),
    allowed('approver', 'keeps an impact', draftImpact),
    ...refused(
      [...inCommittees, 'township', 'seconded', ...administrators, ...outside],
      'keeps no impact',
      draftImpact,
    ),
    notGranted('changes an impact', 'update app.policy_draft_impact set second_approver = false'),
    notGranted('removes an impact', 'delete from app.policy_draft_impact'),
  ],
  policy_feedback: [
    // Feedback is of no household; the restricted one is attached to what was said next door.
    ...seen('policy_feedback', { ...byArea, township: 2, program: 3 }),
    ...(['advisor', 'township', 'district', 'seconded'] as const).map((actor) =>
      allowed(actor, 'says what works', feedback),
    ),
    ...refused([...administrators, 'program', ...outside], 'says nothing of a policy', feedback),
    allowed('approver', 'answers', answer(1, staffIdOf('approver'))),
    ...(['advisor', 'township', 'seconded', 'systemAdmin', 'program', 'forged'] as const).map(
      (actor) => allowed(actor, 'answers nothing', answer(1, staffIdOf('advisor')), 0),
    ),
    ...refused(
      ['approver', 'district'],
      'answers in no other name',
      answer(1, staffIdOf('advisor')),
    ),
    notGranted('changes what was said', `update app.policy_feedback set because = '没有的事'`),
    notGranted('removes what was said', 'delete from app.policy_feedback'),
  ],
  policy_feedback_household: [
    ...seen('policy_feedback_household', byArea),
    ...refused(['advisor'], 'attaches no household out of sight', attach(1, 3, areas.elsewhere)),
    ...refused(['advisor'], 'attaches no restricted household', attach(1, 4, areas.committee)),
    ...refused(
      ['advisorElsewhere', 'township', 'district', ...administrators, 'program', ...outside],
      'attaches nothing to what somebody else said',
      attach(1, 2, areas.nextDoor),
    ),
    notGranted('removes a household', 'delete from app.policy_feedback_household'),
  ],
}
