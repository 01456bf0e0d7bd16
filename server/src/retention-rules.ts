import { assessmentRetention } from './features/assessments/retention.ts'
import { auditRetention } from './features/audit/retention.ts'
import { borderlineRetention } from './features/borderline/retention.ts'
import { caseRetention } from './features/cases/retention.ts'
import { changeRequestRetention } from './features/change-requests/retention.ts'
import { consentRetention } from './features/consents/retention.ts'
import { correctionRetention } from './features/corrections/retention.ts'
import { duplicateRetention } from './features/duplicates/retention.ts'
import { clockRetention } from './features/duties/retention.ts'
import { eligibilityRetention } from './features/eligibility/retention.ts'
import { exchangeRetention } from './features/exchange/retention.ts'
import { feedbackRetention } from './features/feedback/retention.ts'
import { householdRetention, type RetentionRules } from './features/households/retention.ts'
import { leadRetention } from './features/leads/retention.ts'
import { memberRetention } from './features/members/retention.ts'
import { questionRetention } from './features/questions/retention.ts'
import { reliefRetention } from './features/reliefs/retention.ts'
import { serviceRetention } from './features/services/retention.ts'
import { restrictionRetention } from './features/restrictions/retention.ts'
import { ownRetention } from './features/retention/retention-rules.ts'
import { warningRetention } from './features/warnings/retention.ts'

/** One rule for every table that names a person or a household, in the order in which rows go: the later feature first. */
export const retentionRules: RetentionRules = {
  ...auditRetention,
  ...ownRetention,
  ...clockRetention,
  ...correctionRetention,
  ...changeRequestRetention,
  ...duplicateRetention,
  ...exchangeRetention,
  ...assessmentRetention,
  ...caseRetention,
  ...reliefRetention,
  ...serviceRetention,
  ...warningRetention,
  ...leadRetention,
  ...feedbackRetention,
  ...borderlineRetention,
  ...questionRetention,
  ...eligibilityRetention,
  ...memberRetention,
  ...consentRetention,
  ...restrictionRetention,
  ...householdRetention,
}
