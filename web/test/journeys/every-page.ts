import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import {
  DESK,
  type Hosting,
  openLeads,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

const PATHS = [
  '/today',
  '/visit-rules',
  '/leads',
  '/warnings',
  '/warnings?tab=quiet',
  '/warning-signals',
  '/clocks?tab=limits',
  '/clocks?tab=officers',
  '/reliefs',
  '/cases',
  '/assessments?tab=scales',
  '/advisors',
  '/households',
  '/borderline',
  '/questions',
  '/policies',
  '/policies/dibao',
  '/policies/dibao?easy=1',
  '/runs',
]

/** Every screen one after another, the lead's panel and the household's tabs among them. */
async function lookAtEach(visit: Visit, look: (name: string) => Promise<void>): Promise<void> {
  const { page, url } = visit
  for (const path of PATHS) {
    await page.goto(url + path)
    await page.locator('h1').waitFor()
    await settled(page)
    await look(path)
  }
  await openLeads(visit)
  await page.locator('.lead-open').first().click()
  await page.locator('.lead-line').first().waitFor()
  await look('lead')
  const link = page.getByRole('link', { name: /打开家庭页/ })
  await link.click()
  await page.locator('.programme .conditions').first().waitFor()
  await openSome(page)
  await page.evaluate(() => window.scrollTo(0, 0))
  await look('household')
  for (const tab of ['服务', '事实与来源', '评估', '时间线']) {
    await page.getByRole('tab', { name: tab }).click()
    await settled(page)
    await look(tab)
  }
}

/** One programme of each kind, with its form, what stands apart and what does not fit. */
async function openSome(page: Page): Promise<void> {
  await page.locator('.programme-fold').click()
  for (const kind of ['unknown', 'receiving', 'following', 'ineligible']) {
    const first = page.locator(`.programme-${kind} .programme-open`).first()
    if ((await first.count()) > 0) await first.click()
  }
}

async function settled(page: Page): Promise<void> {
  await page.locator('.state-loading').first().waitFor({ state: 'detached' })
}

async function bandOf(page: Page): Promise<string> {
  return page.locator('.demo-band').innerText()
}

/** Eleven screens with axe on each three times, on a busy machine (ms). */
const PATIENCE = 180_000

/** The same screen as it is at a desk, in the dark and on a phone. */
async function lookInEveryLight({ page }: Visit, name: string): Promise<void> {
  expect.soft(await bandOf(page), name).toContain('系统日期停在 2025-06-01')
  expect.soft(await seriousProblems(page), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  const faint = await seriousProblems(page, ['color-contrast'])
  expect.soft(faint, `${name} in the dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await settled(page)
  if (name === '/leads') await picture(page, 'leads-375')
  if (name === 'household') await picture(page, 'household-375')
  // A chart is drawn anew a moment after the screen has turned narrow.
  await expect.poll(() => sidewaysScroll(page), { message: `${name} on a phone` }).toBe(0)
  expect.soft(await seriousProblems(page), `${name} on a phone`).toEqual([])
  await page.setViewportSize(DESK)
}

export function everyPage(hosting: () => Hosting): void {
  describe('every page', () => {
    test(
      'has nothing serious for axe at a desk, in the dark and on a phone of 375 px, which it fits',
      async () => {
        const visit = await hosting().arrive({ role: '居村' })
        await lookAtEach(visit, (name) => lookInEveryLight(visit, name))
      },
      PATIENCE,
    )

    test('has nothing serious for axe in its dialogs, at a desk and on a phone', async () => {
      const { page } = await atLeads({ role: '区级' })
      for (const key of ['j', 'x', 'e']) await page.keyboard.press(key)
      await page.getByRole('dialog').getByText('放回，暂不指派').waitFor()
      expect.soft(await seriousProblems(page), 'assigning').toEqual([])
      const phone = await atLeads({ role: '居村', viewport: PHONE })
      await phone.page.getByRole('button', { name: '筛选' }).click()
      await phone.page.getByRole('dialog').locator('.facet').first().waitFor()
      expect.soft(await seriousProblems(phone.page), 'filters').toEqual([])
    }, 60_000)

    test('is reached from the frame, by whoever has the most of them on a low screen, too', async () => {
      const { page, url } = await hosting().arrive({ username: 'shuju' })
      await page.goto(url)
      const last = page.locator('.rail .place-link').last()
      await last.waitFor()
      // Seen without the page itself being moved, however long it is.
      const bottom = await last.evaluate((link) => {
        const before = window.scrollY
        link.scrollIntoView({ block: 'nearest' })
        return link.getBoundingClientRect().bottom + window.scrollY - before
      })
      expect(bottom).toBeLessThanOrEqual(DESK.height)
    })

    test('throws nothing on the way', () => {
      expect(hosting().complaints).toEqual([])
    })
  })

  async function atLeads(arrival: Parameters<Hosting['arrive']>[0]): Promise<Visit> {
    const visit = await hosting().arrive(arrival)
    await openLeads(visit)
    return visit
  }
}
