import { assessmentProblems } from './features/assessments/problems.ts'
import { advisorProblems } from './features/advisors/problems.ts'
import { alertProblems } from './features/alerts/problems.ts'
import { caseProblems } from './features/cases/problems.ts'
import { changeRequestProblems } from './features/change-requests/problems.ts'
import { consentProblems } from './features/consents/problems.ts'
import { correctionProblems } from './features/corrections/problems.ts'
import { draftProblems } from './features/drafts/problems.ts'
import { dropProblems } from './features/drops/problems.ts'
import { duplicateProblems } from './features/duplicates/problems.ts'
import { clockProblems } from './features/duties/problems.ts'
import { eligibilityProblems } from './features/eligibility/problems.ts'
import { exchangeProblems } from './features/exchange/problems.ts'
import { exportProblems } from './features/exports/problems.ts'
import { feedbackProblems } from './features/feedback/problems.ts'
import { householdProblems } from './features/households/problems.ts'
import { labProblems } from './features/lab/problems.ts'
import { leadProblems } from './features/leads/problems.ts'
import { memberProblems } from './features/members/problems.ts'
import { noticeProblems } from './features/notices/problems.ts'
import { policyProblems } from './features/policies/problems.ts'
import { questionProblems } from './features/questions/problems.ts'
import { reliefProblems } from './features/reliefs/problems.ts'
import { retentionProblems } from './features/retention/problems.ts'
import { restrictionProblems } from './features/restrictions/problems.ts'
import { serviceProblems } from './features/services/problems.ts'
import { sharingProblems } from './features/sharing/problems.ts'
import { staffProblems } from './features/staff/problems.ts'
import { warningProblems } from './features/warnings/problems.ts'
import { workdayProblems } from './features/workdays/problems.ts'
import { platformProblems } from './platform/http/platform-problems.ts'
import type { ProblemKinds } from './platform/http/problem.ts'

/** Every problem the API may answer with, by its stable code. */
export const problemCatalogue: ProblemKinds = {
  ...platformProblems,
  ...staffProblems,
  ...workdayProblems,
  ...clockProblems,
  ...householdProblems,
  ...restrictionProblems,
  ...noticeProblems,
  ...consentProblems,
  ...memberProblems,
  ...policyProblems,
  ...eligibilityProblems,
  ...exportProblems,
  ...questionProblems,
  ...labProblems,
  ...draftProblems,
  ...feedbackProblems,
  ...advisorProblems,
  ...leadProblems,
  ...assessmentProblems,
  ...reliefProblems,
  ...caseProblems,
  ...serviceProblems,
  ...warningProblems,
  ...exchangeProblems,
  ...dropProblems,
  ...sharingProblems,
  ...duplicateProblems,
  ...changeRequestProblems,
  ...correctionProblems,
  ...retentionProblems,
  ...alertProblems,
}
