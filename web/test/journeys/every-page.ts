import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import {
  type Hosting,
  openLeads,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

const PATHS = [
  '/leads',
  '/households',
  '/borderline',
  '/questions',
  '/policies',
  '/policies/dibao',
  '/policies/dibao?easy=1',
  '/runs',
]

/** Every screen one after another, the lead's panel and the household's tabs among them. */
async function lookAtEach(
  visit: Visit,
  look: (name: string) => Promise<void>,
  paths: readonly string[] = PATHS,
): Promise<void> {
  const { page, url } = visit
  for (const path of paths) {
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
  for (const tab of ['事实与来源', '时间线']) {
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

/** Eleven screens with axe on each, on a busy machine (ms). */
const PATIENCE = 120_000

export function everyPage(hosting: () => Hosting): void {
  describe('every page', () => {
    test(
      'has nothing serious for axe at a desk, and says that it is a demonstration',
      async () => {
        const visit = await hosting().arrive({ role: '区级' })
        await lookAtEach(visit, async (name) => {
          expect.soft(await seriousProblems(visit.page), name).toEqual([])
          expect.soft(await bandOf(visit.page), name).toContain('系统日期停在 2025-06-01')
        })
        await openLeads(visit)
        for (const key of ['j', 'x', 'e']) await visit.page.keyboard.press(key)
        await visit.page.getByRole('dialog').getByText('放回，暂不指派').waitFor()
        expect.soft(await seriousProblems(visit.page), 'assigning').toEqual([])
      },
      PATIENCE,
    )

    test(
      'can be read in the dark',
      async () => {
        const visit = await hosting().arrive({ role: '居村', dark: true })
        await lookAtEach(
          visit,
          async (name) => {
            const faint = await seriousProblems(visit.page, ['color-contrast'])
            expect.soft(faint, name).toEqual([])
          },
          ['/leads', '/policies/dibao'],
        )
      },
      PATIENCE,
    )

    test(
      'fits a phone of 375 px and has nothing serious for axe there',
      async () => {
        const visit = await hosting().arrive({ role: '居村', viewport: PHONE })
        await lookAtEach(visit, async (name) => {
          if (name === '/leads') await picture(visit.page, 'leads-375')
          if (name === 'household') await picture(visit.page, 'household-375')
          expect.soft(await sidewaysScroll(visit.page), name).toBe(0)
          expect.soft(await seriousProblems(visit.page), name).toEqual([])
          expect.soft(await bandOf(visit.page), name).toContain('2025-06-01')
        })
        await openLeads(visit)
        await visit.page.getByRole('button', { name: '筛选' }).click()
        await visit.page.getByRole('dialog').locator('.facet').first().waitFor()
        expect.soft(await seriousProblems(visit.page), 'filters').toEqual([])
      },
      PATIENCE,
    )

    test('throws nothing on the way', () => {
      expect(hosting().complaints).toEqual([])
    })
  })
}
