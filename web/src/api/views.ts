import type { operations } from './schema.ts'

/** What the API answers with, by name. Money is fen, days are YYYY-MM-DD. */

type Answer<Operation extends keyof operations> = operations[Operation] extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

type Sent<Operation extends keyof operations> = operations[Operation] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

export type Area = Answer<'listAreas'>['areas'][number]
export type Session = Answer<'getSession'>
export type DemoAccounts = Answer<'getDemo'>

export type LeadList = Answer<'listLeads'>
export type LeadRow = LeadList['items'][number]
export type Facet = LeadList['facets']['areas'][number]
export type Lead = Answer<'getLead'>
export type LeadLine = Lead['lines'][number]
export type LeadsQuery = NonNullable<operations['listLeads']['parameters']['query']>
export type Disposing = Omit<Sent<'recordDisposition'>, 'version'>
export type Disposition = Disposing['disposition']

export type HouseholdRow = Answer<'listHouseholds'>['items'][number]
export type Household = Answer<'getHousehold'>
export type Member = Household['members'][number]
export type FactsThen = Answer<'getFactsThen'>
export type HouseholdFact = Household['facts'][number]
export type OtherWord = HouseholdFact['others'][number]
export type SettlementForm = Sent<'settleWord'>
export type Award = Household['awards'][number]
export type FactForm = Omit<Sent<'recordFact'>, 'version'>
export type FactValue = FactForm['value']

export type PersonSearch = Answer<'searchPerson'>
export type PersonHit = PersonSearch['hits'][number]
export type PersonSearchForm = Sent<'searchPerson'>
export type NewHouseholdForm = Sent<'registerHousehold'>
export type PersonForm = NewHouseholdForm['head']
export type MemberForm = Sent<'addMember'>

export type ClockStanding = NonNullable<LeadRow['clock']>
export type Clock = Answer<'getClock'>
export type ToldClock = Answer<'listToldClocks'>['items'][number]
export type ClockLimit = Answer<'listClockLimits'>['items'][number]
export type ClockKind = ClockLimit['kind']
export type ClockLimitForm = Sent<'stateClockLimit'>
export type DutyOfficer = Answer<'listDutyOfficers'>['items'][number]
export type DutyOfficerForm = Sent<'nameDutyOfficer'>

export type WarningList = Answer<'listWarnings'>
export type WarningRow = WarningList['items'][number]
export type WarningsQuery = NonNullable<operations['listWarnings']['parameters']['query']>
export type Warning = Answer<'getWarning'>
export type WarningStep = Omit<Sent<'stepWarning'>, 'version'>
export type WordForm = Sent<'takeWord'>
export type QuietHousehold = Answer<'listQuietHouseholds'>['items'][number]
export type WarningSignals = Answer<'listSignals'>
export type WarningSignal = WarningSignals['items'][number]
export type SignalRuleForm = Sent<'stateSignalRule'>

export type CorrectionList = Answer<'listCorrections'>
export type Correction = CorrectionList['items'][number]
export type CorrectionState = Correction['state']
export type CorrectionQuery = NonNullable<operations['listCorrections']['parameters']['query']>
export type CorrectionFile = Answer<'makeCorrectionFile'>
export type CorrectionAnswerForm = Sent<'answerCorrection'>

export type Sharing = Answer<'listSharing'>['items'][number]
export type SharingContent = Sharing['content']
export type SharingState = Sharing['state']
export type SharingQuery = NonNullable<operations['listSharing']['parameters']['query']>
export type SharingPage = Answer<'readSharing'>
export type NewSharingForm = Sent<'draftSharing'>
export type SharingChangeForm = Sent<'changeSharing'>
export type SharingStepForm = Sent<'stepSharing'>
export type SharingStep = SharingStepForm['kind']
export type SharingUseForm = Sent<'noteSharedUse'>
export type SharingCorrectionForm = Sent<'askSharedCorrection'>
export type SharingAnswerForm = Sent<'answerSharedCorrection'>

export type ExportList = Answer<'listExports'>
export type ExportRecord = ExportList['items'][number]
export type ExportsQuery = NonNullable<operations['listExports']['parameters']['query']>
export type ExportPreview = Answer<'previewExport'>
export type ExportForm = Sent<'askExport'>
export type ExportDecision = Sent<'decideExport'>

export type WorkdayYear = Answer<'getWorkdays'>
export type WorkdaysForm = Sent<'stateWorkdays'>
export type WorkdayYearForm = Sent<'stateWorkdayYear'>

export type AuditList = Answer<'listAudit'>
export type AuditEntry = AuditList['items'][number]
export type AuditQuery = NonNullable<operations['listAudit']['parameters']['query']>

export type Consents = Answer<'getConsents'>
export type Authorisation = Consents['authorisations'][number]
export type Objection = Consents['objections'][number]
export type MissingConsent = Consents['meansCheck']['missing'][number]
export type ConsentForm = Sent<'recordConsent'>
export type Purpose = Answer<'listNotices'>['items'][number]
export type Notice = Purpose['notices'][number]
export type NoticeField = keyof Notice['content']
export type NoticeForm = Sent<'writeNotice'>
export type PublicationForm = Sent<'publishNotice'>
export type AuthorisationForm = Sent<'recordAuthorisation'>
export type ObjectionForm = Sent<'recordObjection'>

export type HouseholdAssessment = Answer<'getAssessment'>
export type NeedsAssessment = NonNullable<HouseholdAssessment['current']>
export type AssessedIndicator = NeedsAssessment['items'][number]
export type Need = HouseholdAssessment['needs'][number]
export type AssessmentForm = Sent<'saveAssessment'>
export type IndicatorId = keyof AssessmentForm['answers']
export type IndicatorAnswer = AssessmentForm['answers'][IndicatorId]
export type DraftedNeed = AssessmentForm['needs'][number]
export type RedLine = AssessmentForm['redLines'][number]
export type HouseholdClass = NonNullable<AssessmentForm['changedTo']>
export type AssessmentDecision = Sent<'decideAssessment'>
export type Scales = Answer<'getScales'>
export type ScaleForm = Sent<'recordScale'>
export type Instrument = Answer<'listInstruments'>['items'][number]
export type InstrumentTextForm = Sent<'stateInstrumentText'>
export type ScaleAssessorForm = Sent<'stateScaleAssessor'>
export type SafetyTask = Answer<'listSafetyTasks'>['items'][number]
type Weights = Answer<'listWeights'>
export type WeightVersion = Weights['items'][number]
export type WeightsForm = Sent<'proposeWeights'>
export type WeightsDecision = Sent<'decideWeights'>
export type AssessmentSummary = Answer<'getAssessmentSummary'>

export type Explanation = Answer<'explainHousehold'>
export type Result = Explanation['results'][number]
export type Group = Result['group']
export type Amount = Result['amount']
export type Per = Extract<Amount, { kind: 'exact' }>['per']
export type Provisional = NonNullable<Result['provisional']>
export type Condition = Result['conditions'][number]
export type Read = Condition['reads'][number]
export type Measure = NonNullable<Condition['measure']>
export type Bounds = Measure['left']

export type PolicyList = Answer<'listPolicies'>
export type PolicyItem = PolicyList['items'][number]
export type Policy = Answer<'getPolicy'>
export type PolicyCondition = Policy['conditions'][number]
export type Clause = Policy['basis'][number]
export type Parameter = Policy['parameters'][number]
export type ParameterRow = Parameter['rows'][number]
export type FigureForm = Sent<'enterFigure'>

export type Lab = Answer<'getLab'>
export type LabParameter = Lab['programmes'][number]['parameters'][number]
export type Trial = Answer<'tryChange'>
export type Outcome = Trial['total']
export type SampleCell = Sent<'listSampleHouseholds'>['cell']
export type SampleHousehold = Answer<'listSampleHouseholds'>['households'][number]
export type SampleSaid = SampleHousehold['changes'][number]['before']
export type ProgrammeTrial = Trial['programmes'][number]
export type LabValue = Sent<'tryChange'>['parameters'][number]
export type LabRule = Answer<'listLabRules'>['items'][number]
export type RuleChange = NonNullable<Sent<'tryChange'>['rules']>[number]
export type Curve = Answer<'drawCurve'>
export type Experiment = Answer<'listExperiments'>['items'][number]

export type Question = Answer<'listHouseholdQuestions'>['questions'][number]
export type AskedFactList = Answer<'listAskedFacts'>
export type AskedFact = AskedFactList['items'][number]
export type AskedHousehold = Answer<'listAskedHouseholds'>['items'][number]
export type QuestionsQuery = Omit<
  NonNullable<operations['listAskedFacts']['parameters']['query']>,
  'sort'
>

export type Run = Answer<'listRuns'>['items'][number]
export type Comparison = NonNullable<Answer<'listRuns'>['comparison']>

export type Combination = Answer<'combineProgrammes'>
export type IncomeCurve = Answer<'getIncomeCurve'>

export type Duplicate = Answer<'getDuplicate'>
export type ListedDuplicate = Answer<'listDuplicates'>['items'][number]
export type RegisteredPlaceForm = Sent<'recordRegisteredPlace'>
export type Supporter = Answer<'getSupporters'>['items'][number]
export type SupporterForm = Sent<'recordSupporter'>
export type SourceForm = Sent<'stateSource'>
export type FactTrust = Answer<'listFactTrust'>['items'][number]
export type TrustForm = Sent<'stateFactTrust'>
export type DropPoint = Answer<'listDropPoints'>['items'][number]
export type DropPointForm = Sent<'makeDropPoint'>
export type MergePlan = Answer<'planMerge'>
export type MergeForm = Sent<'mergeDuplicate'>
export type DuplicatesQuery = NonNullable<operations['listDuplicates']['parameters']['query']>
export type Borderline = Answer<'listBorderline'>
export type NearLine = Borderline['items'][number]
export type BorderlineQuery = NonNullable<operations['listBorderline']['parameters']['query']>

export type DraftList = Answer<'listDrafts'>
export type DraftItem = Answer<'listDrafts'>['items'][number]
export type Draft = Answer<'getDraft'>
export type DraftState = Draft['state']
export type DraftStep = Draft['steps'][number]
export type DraftCheck = Answer<'checkDraft'>
export type DraftDifference = Answer<'getDraftDifference'>['files'][number]
export type DraftRelease = Answer<'getDraftRelease'>
export type DraftSaving = Sent<'saveDraft'>

export type Source = Answer<'listSources'>['items'][number]
export type FeedbackList = Answer<'listFeedback'>
export type Feedback = FeedbackList['items'][number]
export type FeedbackForm = Sent<'giveFeedback'>
export type Account = Answer<'getAccount'>
export type AccountEvent = Account['events'][number]
export type Alert = Answer<'listAlerts'>['items'][number]
export type OwnSession = Account['sessions'][number]
export type Offer = Answer<'offerSecondFactor'>
export type AccountRow = Answer<'listAccounts'>['accounts'][number]
export type NewAccount = Sent<'inviteStaff'>
export type AccountStep = Sent<'takeAccountStep'>['step']

export type Restriction = NonNullable<Answer<'getRestriction'>['restriction']>
export type HouseholdList = Answer<'listHouseholds'>
export type RestrictionForm = Sent<'restrictHousehold'>
export type GlassBreak = Answer<'listGlassBreaks'>['items'][number]
export type GlassBreakForm = Sent<'breakGlass'>
export type GlassReview = Sent<'reviewGlassBreak'>

export type Delivery = Answer<'listDeliveries'>['items'][number]
export type DeliveryQuery = NonNullable<operations['listDeliveries']['parameters']['query']>
export type DeliveryPage = Answer<'readDelivery'>
export type DeliveryStep = Sent<'stepDelivery'>['step']
export type DeliveredRow = Answer<'listDeliveredRows'>['items'][number]

export type Composition = Answer<'getComposition'>
export type LeavingForm = Sent<'leaveHousehold'>
export type JoiningForm = Sent<'joinHousehold'>
export type SplitForm = Sent<'splitHousehold'>
export type MoveForm = Sent<'moveHousehold'>

export type ListedChangeRequest = Answer<'listChangeRequests'>['items'][number]
export type ChangeRequestsQuery = NonNullable<
  operations['listChangeRequests']['parameters']['query']
>
export type ChangeRequest = Answer<'getChangeRequest'>
export type ChangeRequestForm = Sent<'askForChange'>
export type AskedItem = ChangeRequestForm['items'][number]
export type AmendmentForm = Sent<'amendChangeRequest'>
export type DecisionForm = Sent<'decideChangeRequest'>
export type ApprovalForm = Sent<'approveChangeRequest'>

export type CaseRow = Answer<'listCases'>['items'][number]
export type CasesQuery = NonNullable<operations['listCases']['parameters']['query']>
export type Case = Answer<'getCase'>
export type CaseGoal = Case['goals'][number]
export type CaseOpening = Sent<'openCase'>
export type CaseWork = Omit<Sent<'stepCase'>, 'version'>
export type CaseDecision = Omit<Sent<'decideCase'>, 'version'>
export type CaseStep = CaseWork['step'] | CaseDecision['step']
export type CaseGoalForm = Omit<Sent<'addCaseGoal'>, 'version'>
export type CaseOutcome = Omit<Sent<'settleCaseGoal'>, 'version'>

export type ReliefRow = Answer<'listReliefs'>['items'][number]
export type ReliefsQuery = NonNullable<operations['listReliefs']['parameters']['query']>
export type Relief = Answer<'getRelief'>
export type ReliefStep = Relief['may'][number]
export type ReliefReport = Sent<'reportRelief'>
export type ReliefGrant = Omit<Sent<'grantRelief'>, 'version'>

export type RetentionClass = Answer<'listRetention'>['items'][number]
export type RetentionForm = Sent<'stateRetention'>
export type Weighed = Answer<'tryRetention'>['items'][number]
export type LegalHold = Answer<'listLegalHolds'>['items'][number]
export type LegalHoldForm = Sent<'holdHousehold'>
export type Erasure = Answer<'listErasures'>['items'][number]
export type ErasureForm = Sent<'askErasure'>
export type ErasureStub = Answer<'listErasureStubs'>['items'][number]

export type Station = Answer<'listStations'>['items'][number]
export type StationForm = Sent<'openStation'>
export type AdvisorRow = Answer<'listAdvisors'>['items'][number]
export type AdvisorsQuery = NonNullable<operations['listAdvisors']['parameters']['query']>
export type Advisor = Answer<'getAdvisor'>
export type AdvisorForm = Sent<'stateAdvisor'>
export type Standing = Advisor['standing']
export type Certificate = Advisor['certificates'][number]
export type CertificateForm = Sent<'issueCertificate'>
export type CommitteeDuty = Advisor['duties'][number]
export type DutyForm = Sent<'giveDuty'>
export type Training = Answer<'listTrainings'>['items'][number]
export type TrainingForm = Sent<'recordTraining'>
export type Exam = Answer<'getExam'>
export type ExamPaper = Answer<'drawExam'>
export type ExamRuleForm = Sent<'stateExamRule'>
export type ExamQuestionForm = Sent<'addExamQuestion'>

export type Today = Answer<'getToday'>
export type TodayStop = Today['items'][number]
export type TodayReason = TodayStop['reasons'][number]
export type Services = Answer<'listServices'>
export type Service = Services['items'][number]
export type ServiceForm = Sent<'recordService'>
export type ServiceAmendment = Sent<'amendService'>
export type VisitTierForm = Sent<'setVisitTier'>
type VisitRules = Answer<'listVisitRules'>
export type VisitRule = VisitRules['items'][number]
export type VisitRuleForm = Sent<'stateVisitRule'>
export type VisitSeason = VisitRules['seasons'][number]
export type VisitSeasonForm = Sent<'stateVisitSeason'>
