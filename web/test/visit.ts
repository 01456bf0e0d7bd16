import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { LeadList } from '../src/api/views.ts'
import { startChromium } from './chromium.ts'
import { type RunningConsole, startConsole } from './running-console.ts'

const PICTURES = join(import.meta.dirname, '../../docs/pictures')

export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 375, height: 812 }

/** Roles of the demonstration accounts, by what their names begin with. */
type Role = '居村' | '街镇' | '区级' | '系统'

export interface Visit {
  page: Page
  context: BrowserContext
  url: string
}

interface Arrival {
  /** Signed in as the first demonstration account of this role; left out: not signed in. */
  role?: Role
  /** Signed in as this demonstration account, where a role alone does not say which. */
  username?: string
  /** With a memory of its own, for a visit that signs out. */
  fresh?: boolean
  viewport?: { width: number; height: number }
  dark?: boolean
}

/** The program under test and the browser that visits it; every error a page throws is kept. */
export interface Hosting {
  arrive: (arrival?: Arrival) => Promise<Visit>
  complaints: string[]
  /** Runs `qiao …` beside the program; what it said. */
  command: RunningConsole['command']
  stop: () => Promise<void>
}

export async function host(): Promise<Hosting> {
  const running: RunningConsole = await startConsole()
  const browser: Browser = await startChromium()
  const complaints: string[] = []
  const known = new Map<string, BrowserContext>()
  const pages = new Map<BrowserContext, Page>()

  /** A browser that has been here before, with the program in its cache. */
  async function contextFor(arrival: Arrival): Promise<BrowserContext> {
    const { role, username, viewport = DESK, dark = false } = arrival
    const { fresh = role === undefined && username === undefined } = arrival
    const name = [username ?? role, viewport.width, dark].join(' ')
    const met = known.get(name)
    if (met && !fresh) return met
    const context = await browser.newContext({
      viewport,
      locale: 'zh-CN',
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(15_000)
    if (role ?? username) await signInAs(context, running.url, { role, username })
    if (!fresh) known.set(name, context)
    return context
  }

  /** Its page once more, as a new one: beginning one costs four times what opening an address in it does. */
  async function pageOf(context: BrowserContext): Promise<Page> {
    const met = pages.get(context)
    if (met) {
      await met.unrouteAll({ behavior: 'ignoreErrors' })
      await met.emulateMedia({ media: null })
      return met
    }
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    pages.set(context, page)
    return page
  }

  async function arrive(arrival: Arrival = {}): Promise<Visit> {
    const context = await contextFor(arrival)
    return { page: await pageOf(context), context, url: running.url }
  }

  async function stop(): Promise<void> {
    await browser.close()
    await running.stop()
  }
  return { arrive, complaints, command: running.command, stop }
}

interface Account {
  username: string
  password: string
  roleName: string
}

async function signInAs(
  context: BrowserContext,
  url: string,
  { role, username: named }: { role: Role | undefined; username: string | undefined },
): Promise<void> {
  const demo = await context.request.get(`${url}/api/demo`)
  const { accounts } = (await demo.json()) as { accounts: Account[] }
  const account = accounts.find((one) =>
    named ? one.username === named : one.roleName.startsWith(role ?? ''),
  )
  if (!account) throw new Error(`No demonstration account is ${named ?? role ?? ''}.`)
  const { username, password } = account
  const answer = await context.request.post(`${url}/api/session`, { data: { username, password } })
  if (!answer.ok()) throw new Error(`Signing in as ${username} was answered ${answer.status()}.`)
}

export async function openLeads({ page, url }: Visit): Promise<void> {
  await page.goto(`${url}/leads`)
  await page.locator('.lead-row').first().waitFor()
}

/** Opens the household of the first lead, its first programme unfolded. */
export async function openFirstHousehold({ page, context, url }: Visit): Promise<void> {
  const answer = await context.request.get(`${url}/api/leads`)
  const { items } = (await answer.json()) as LeadList
  await page.goto(`${url}/households/${items[0]?.householdId}`)
  await page.locator('.programme .conditions').first().waitFor()
}

/** What axe finds serious or critical, each with the elements it means; only `rules`, if given. */
export async function seriousProblems(page: Page, rules?: string[]): Promise<string[]> {
  // Without frames inside, one pass in the page itself finds the same in a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await axe
    .options({
      resultTypes: ['violations'],
      ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
    })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

/** By how many pixels the page is wider than the screen. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

/** The main screens, photographed at every run. */
export const mainScreens = ['leads-1280', 'household-1280', 'policy-1280', 'leads-375'] as const

/** The pictures of this run by name, in bytes. */
export const taken = new Map<string, number>()

/** Photographs a main screen; every screen, into docs/pictures, where QIAO_PICTURES=1 asks for it. */
export async function picture(page: Page, name: string): Promise<void> {
  const isKept = process.env['QIAO_PICTURES'] === '1'
  if (!isKept && !mainScreens.some((one) => one === name)) return
  if (isKept) await page.waitForTimeout(300)
  const shot = await page.screenshot()
  taken.set(name, shot.length)
  if (!isKept) return
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, `${name}.png`), shot)
}
