import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Today } from '../../src/api/views.ts'
import {
  type Hosting,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

const isPressing = ({ kind, clock }: Today['items'][number]['reasons'][number]) =>
  kind === 'safety' || kind === 'relief' || (clock?.startsWith('alert-red-') ?? false)

/** Of a plain visit, from the list of today until it is saved. */
const MOST_TAPS = 12

async function openToday({ page, url }: Visit): Promise<void> {
  await page.goto(`${url}/today`)
  await page.locator('.today-stop').first().waitFor()
}

async function due({ context, url }: Visit): Promise<Today['items']> {
  const answer = await context.request.get(`${url}/api/today`)
  return ((await answer.json()) as Today).items
}

const stopOf = (page: Page, registerNo: number) =>
  page.locator(`.today-stop:has(a[href^="/households/${registerNo}?"])`)

export function today(hosting: () => Hosting): void {
  describe('the day of an advisor', () => {
    test('begins with what is most at risk of being missed, and says why each is there', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      await openToday(visit)
      const { page } = visit
      await picture(page, 'today-1280')
      // What is counted in hours is first, then whatever is overdue for longest.
      const stops = await due(visit)
      const pressing = stops.filter(({ reasons: [worst] }) => worst && isPressing(worst)).length
      expect(pressing).toBeGreaterThan(0)
      expect(stops.slice(0, pressing).every(({ reasons: [one] }) => one && isPressing(one))).toBe(
        true,
      )
      const left = stops.slice(pressing).map(({ reasons }) => reasons[0]?.left ?? 0)
      expect(left).toEqual(left.toSorted((a, b) => a - b))
      const first = page.locator('.today-stop').nth(pressing)
      expect(await first.innerText()).toMatch(/逾期 \d+ 天/)
      expect(await first.locator('.today-reason').first().innerText()).toMatch(/应(走访|联系)/)
      expect(await first.locator('.today-last').innerText()).toMatch(/^上次/)
    })

    test('a plain visit is recorded on a phone in a few taps, and leaves the list', async () => {
      const visit = await hosting().arrive({ role: '居村', viewport: PHONE })
      await openToday(visit)
      const { page } = visit
      const [stop] = (await due(visit)).filter(
        ({ reasons }) =>
          reasons.length > 0 && reasons.every(({ kind }) => kind === 'visit' || kind === 'contact'),
      )
      if (!stop) throw new Error('Nothing is due in the demonstration.')
      let taps = 0
      const tap = async (name: string | RegExp, role: 'button' | 'checkbox' = 'button') => {
        taps += 1
        await page.getByRole(role, { name }).first().click()
      }
      taps += 1
      await stopOf(page, stop.householdId).getByRole('button', { name: /^到访/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.locator('.service-form').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await seriousProblems(page)).toEqual([])
      await tap('政策引导', 'checkbox')
      taps += 1
      await dialog.getByLabel('本人说的话和愿望').fill('想去社区食堂吃饭')
      // antd sets two words apart.
      await tap(/^保\s?存$/)
      await dialog.waitFor({ state: 'detached' })
      expect(taps).toBeLessThanOrEqual(MOST_TAPS)
      await stopOf(page, stop.householdId).waitFor({ state: 'detached' })
      await page.goto(`${visit.url}/households/${stop.householdId}?tab=services`)
      const record = page.locator('.service').first()
      await record.waitFor()
      for (const text of ['见到本人', '政策引导', '想去社区食堂吃饭'])
        expect(await record.innerText()).toContain(text)
      await record.getByRole('button', { name: /^修\s?改$/ }).waitFor()
    })

    test('who was not at home stays on the list', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      await openToday(visit)
      const { page } = visit
      const [stop] = (await due(visit)).filter(({ reasons }) => reasons[0]?.kind === 'visit')
      if (!stop) throw new Error('Nothing is due in the demonstration.')
      await stopOf(page, stop.householdId)
        .getByRole('button', { name: /^不在家/ })
        .click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('下次到期日不变').waitFor()
      await dialog.getByRole('button', { name: /^保\s?存$/ }).click()
      await dialog.waitFor({ state: 'detached' })
      const last = stopOf(page, stop.householdId).locator('.today-last')
      await expect.poll(() => last.innerText()).toMatch(/上次 今天 · 上门 · 无人应门/)
    })

    test('is planned by ticking, and put in order from door to door', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      await openToday(visit)
      const { page } = visit
      const boxes = page.locator('.today-acts input[type=checkbox]')
      for (const index of [0, 1, 2]) {
        const box = boxes.nth(index)
        if (!(await box.isChecked())) await box.click()
        await expect.poll(() => box.isChecked()).toBe(true)
      }
      await page.getByText(/^今日安排（[3-9]）$/).click()
      await page.locator('.today-place').nth(2).waitFor()
      const doors = await page.locator('.today-where').allInnerTexts()
      const inOrder = new Intl.Collator('zh-CN', { numeric: true })
      expect(doors).toEqual(doors.toSorted((a, b) => inOrder.compare(a, b)))
      await picture(page, 'today-plan-1280')
      expect(await seriousProblems(page)).toEqual([])
    })
  })

  describe('how often to visit', () => {
    test('is read by everybody with what it rests on, and stated by the district', async () => {
      const advisor = await hosting().arrive({ role: '居村' })
      await advisor.page.goto(`${advisor.url}/visit-rules`)
      const rule = advisor.page.locator('.visit-rule').first()
      await rule.waitFor()
      expect(await rule.innerText()).toMatch(/高度关注[\s\S]*每周一次[\s\S]*待核/)
      expect(await advisor.page.locator('.visit-rule button').count()).toBe(0)
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/visit-rules`)
      await page.getByRole('button', { name: '修改：低度关注' }).click()
      const dialog = page.getByRole('dialog')
      expect(await seriousProblems(page)).toEqual([])
      await dialog.getByLabel('依据').fill('区民政局关于走访频次的通知')
      await dialog.getByRole('button', { name: /^保\s?存$/ }).click()
      await dialog.waitFor({ state: 'detached' })
      const low = page.locator('.visit-rule', { hasText: '低度关注' })
      await expect.poll(() => low.innerText()).toContain('区民政局关于走访频次的通知')
      expect(await low.innerText()).toContain('自 2025-06-01 起')
    })
  })
}
