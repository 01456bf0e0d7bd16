import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { account as accountEn } from './en/account.ts'
import { accounts as accountsEn } from './en/accounts.ts'
import { advisors as advisorsEn } from './en/advisors.ts'
import { alerts as alertsEn } from './en/alerts.ts'
import { app as appEn } from './en/app.ts'
import { assessments as assessmentsEn } from './en/assessments.ts'
import { audit as auditEn } from './en/audit.ts'
import { borderline as borderlineEn } from './en/borderline.ts'
import { changeRequests as changeRequestsEn } from './en/change-requests.ts'
import { duplicates as duplicatesEn } from './en/duplicates.ts'
import { clocks as clocksEn } from './en/clocks.ts'
import { consents as consentsEn } from './en/consents.ts'
import { deliveries as deliveriesEn } from './en/deliveries.ts'
import { drafts as draftsEn } from './en/drafts.ts'
import { exchange as exchangeEn } from './en/exchange.ts'
import { exportWords as exportsEn } from './en/exports.ts'
import { feedback as feedbackEn } from './en/feedback.ts'
import { households as householdsEn } from './en/households.ts'
import { lab as labEn } from './en/lab.ts'
import { leads as leadsEn } from './en/leads.ts'
import { members as membersEn } from './en/members.ts'
import { notices as noticesEn } from './en/notices.ts'
import { policies as policiesEn } from './en/policies.ts'
import { runs as runsEn } from './en/runs.ts'
import { signin as signinEn } from './en/signin.ts'
import { corrections as correctionsEn } from './en/corrections.ts'
import { services as servicesEn } from './en/services.ts'
import { sharing as sharingEn } from './en/sharing.ts'
import { questions as questionsEn } from './en/questions.ts'
import { cases as casesEn } from './en/cases.ts'
import { reliefs as reliefsEn } from './en/reliefs.ts'
import { registering as registeringEn } from './en/registering.ts'
import { retention as retentionEn } from './en/retention.ts'
import { restrictions as restrictionsEn } from './en/restrictions.ts'
import { together as togetherEn } from './en/together.ts'
import { trainings as trainingsEn } from './en/trainings.ts'
import { words as wordsEn } from './en/words.ts'
import { warnings as warningsEn } from './en/warnings.ts'
import { workdays as workdaysEn } from './en/workdays.ts'
import { account } from './zh-CN/account.ts'
import { accounts } from './zh-CN/accounts.ts'
import { advisors } from './zh-CN/advisors.ts'
import { alerts } from './zh-CN/alerts.ts'
import { app } from './zh-CN/app.ts'
import { assessments } from './zh-CN/assessments.ts'
import { audit } from './zh-CN/audit.ts'
import { borderline } from './zh-CN/borderline.ts'
import { changeRequests } from './zh-CN/change-requests.ts'
import { duplicates } from './zh-CN/duplicates.ts'
import { clocks } from './zh-CN/clocks.ts'
import { consents } from './zh-CN/consents.ts'
import { deliveries } from './zh-CN/deliveries.ts'
import { drafts } from './zh-CN/drafts.ts'
import { exchange } from './zh-CN/exchange.ts'
import { exportWords as exports } from './zh-CN/exports.ts'
import { feedback } from './zh-CN/feedback.ts'
import { households } from './zh-CN/households.ts'
import { lab } from './zh-CN/lab.ts'
import { leads } from './zh-CN/leads.ts'
import { members } from './zh-CN/members.ts'
import { notices } from './zh-CN/notices.ts'
import { policies } from './zh-CN/policies.ts'
import { runs } from './zh-CN/runs.ts'
import { signin } from './zh-CN/signin.ts'
import { corrections } from './zh-CN/corrections.ts'
import { services } from './zh-CN/services.ts'
import { sharing } from './zh-CN/sharing.ts'
import { questions } from './zh-CN/questions.ts'
import { cases } from './zh-CN/cases.ts'
import { reliefs } from './zh-CN/reliefs.ts'
import { registering } from './zh-CN/registering.ts'
import { retention } from './zh-CN/retention.ts'
import { restrictions } from './zh-CN/restrictions.ts'
import { together } from './zh-CN/together.ts'
import { trainings } from './zh-CN/trainings.ts'
import { warnings } from './zh-CN/warnings.ts'
import { words } from './zh-CN/words.ts'
import { workdays } from './zh-CN/workdays.ts'

export const messages = {
  'zh-CN': {
    words,
    app,
    signin,
    account,
    accounts,
    advisors,
    trainings,
    alerts,
    leads,
    services,
    warnings,
    clocks,
    assessments,
    households,
    consents,
    questions,
    registering,
    reliefs,
    cases,
    restrictions,
    together,
    borderline,
    duplicates,
    changeRequests,
    policies,
    drafts,
    feedback,
    lab,
    runs,
    exchange,
    deliveries,
    notices,
    exports,
    retention,
    members,
    corrections,
    sharing,
    workdays,
    audit,
  },
  en: {
    words: wordsEn,
    app: appEn,
    signin: signinEn,
    account: accountEn,
    accounts: accountsEn,
    advisors: advisorsEn,
    trainings: trainingsEn,
    alerts: alertsEn,
    leads: leadsEn,
    services: servicesEn,
    warnings: warningsEn,
    clocks: clocksEn,
    assessments: assessmentsEn,
    households: householdsEn,
    consents: consentsEn,
    questions: questionsEn,
    registering: registeringEn,
    reliefs: reliefsEn,
    cases: casesEn,
    restrictions: restrictionsEn,
    together: togetherEn,
    borderline: borderlineEn,
    duplicates: duplicatesEn,
    changeRequests: changeRequestsEn,
    policies: policiesEn,
    drafts: draftsEn,
    feedback: feedbackEn,
    lab: labEn,
    runs: runsEn,
    exchange: exchangeEn,
    deliveries: deliveriesEn,
    notices: noticesEn,
    exports: exportsEn,
    retention: retentionEn,
    members: membersEn,
    corrections: correctionsEn,
    sharing: sharingEn,
    workdays: workdaysEn,
    audit: auditEn,
  },
}

export type Language = keyof typeof messages

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: (typeof messages)['zh-CN']
  }
}

const KEY = 'qiao.language'

/** Starts the words of the console in the language last chosen on this machine, else in Chinese. */
export function startLanguages(): void {
  const stored = globalThis.localStorage?.getItem(KEY)
  void i18next.use(initReactI18next).init({
    resources: messages,
    lng: stored === 'en' ? 'en' : 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'words',
    // React escapes by itself.
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = i18next.language
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}
