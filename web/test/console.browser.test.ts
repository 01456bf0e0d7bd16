import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from './journeys/accounts.ts'
import { assessing } from './journeys/assessing.ts'
import { auditor } from './journeys/auditor.ts'
import { cases } from './journeys/cases.ts'
import { changing } from './journeys/changing.ts'
import { composing } from './journeys/composing.ts'
import { consents } from './journeys/consents.ts'
import { deliveries } from './journeys/deliveries.ts'
import { drafts } from './journeys/drafts.ts'
import { everyPage } from './journeys/every-page.ts'
import { explained } from './journeys/explained.ts'
import { household } from './journeys/household.ts'
import { lab } from './journeys/lab.ts'
import { leaving } from './journeys/leaving.ts'
import { merging } from './journeys/merging.ts'
import { policies } from './journeys/policies.ts'
import { questions } from './journeys/questions.ts'
import { relief } from './journeys/relief.ts'
import { registering } from './journeys/registering.ts'
import { releases } from './journeys/releases.ts'
import { retention } from './journeys/retention.ts'
import { restricted } from './journeys/restricted.ts'
import { sharing } from './journeys/sharing.ts'
import { signingIn } from './journeys/signing-in.ts'
import { sources } from './journeys/sources.ts'
import { today } from './journeys/today.ts'
import { together } from './journeys/together.ts'
import { trouble } from './journeys/trouble.ts'
import { warnings } from './journeys/warnings.ts'
import { worklist } from './journeys/worklist.ts'
import { type Hosting, host, mainScreens, taken } from './visit.ts'

let running: Hosting

beforeAll(async () => {
  running = await host()
}, 300_000)

afterAll(async () => {
  await running?.stop()
}, 60_000)

const hosting = () => running

// One program for all: what changes the policies or the answers comes after what reads them.
signingIn(hosting)
explained(hosting)
worklist(hosting)
together(hosting)
questions(hosting)
today(hosting)
household(hosting)
consents(hosting)
trouble(hosting)
restricted(hosting)
relief(hosting)
cases(hosting)
auditor(hosting)
everyPage(hosting)
assessing(hosting)
warnings(hosting)
sources(hosting)
deliveries(hosting)
sharing(hosting)
lab(hosting)
registering(hosting)
leaving(hosting)
composing(hosting)
merging(hosting)
changing(hosting)
retention(hosting)
policies(hosting)
drafts(hosting)
releases(hosting)
accounts(hosting)

test.each(mainScreens)('the picture %s was taken', (name) => {
  expect(taken.get(name)).toBeGreaterThan(10_000)
})
