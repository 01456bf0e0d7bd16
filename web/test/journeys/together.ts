import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Borderline, Combination, Explanation, IncomeCurve } from '../../src/api/views.ts'
import {
  type Hosting,
  openFirstHousehold,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

async function answerOf<T>({ context, url }: Visit, path: string): Promise<T> {
  return (await (await context.request.get(url + path)).json()) as T
}

async function householdIn(page: Page): Promise<string> {
  return page.url().split('/households/')[1]?.split('?')[0] ?? ''
}

/** The first household of the worklist, waited for until combined and drawn. */
async function openTogether(visit: Visit): Promise<string> {
  await openFirstHousehold(visit)
  await visit.page.getByRole('tab', { name: /合计|Totals/ }).click()
  await visit.page.locator('.income-chart svg').waitFor()
  return householdIn(visit.page)
}

const yuan = (fen: number) =>
  (fen / 100).toLocaleString('zh-CN', {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  })

export function together(hosting: () => Hosting): void {
  describe('what a household may receive together', () => {
    test('says of every condition with a line how far from it, beside value and line', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      await openFirstHousehold(visit)
      const id = await householdIn(visit.page)
      const { results } = await answerOf<Explanation>(visit, `/api/households/${id}/explanation`)
      const measured = results.find(({ conditions }) =>
        conditions.some(({ measure, distance }) => measure?.money && distance?.gap.min),
      )
      await visit.page.locator('.programme-fold').click()
      const programme = visit.page.locator(`[data-programme="${measured?.programme}"]`).first()
      const open = programme.locator('.programme-open')
      if ((await open.getAttribute('aria-expanded')) === 'false') await open.click()
      const text = await programme.locator('.conditions').innerText()
      expect(text).toMatch(/(高出|低于标准) [\d,.]+ 元[^（]*（[\d.]+%）/)
    })

    test('adds up to what the service says, to the fen, and is advice', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      const id = await openTogether(visit)
      const found = await answerOf<Combination>(visit, `/api/households/${id}/combination`)
      const section = visit.page.locator('.together').first()
      const shown = await section
        .locator('[data-programme]')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-programme')))
      expect(shown).toEqual([...found.shares, ...found.following].map((one) => one.programme))
      const text = await section.innerText()
      expect(text).toContain('可同时享受')
      expect(text).toContain('仅供参考,以街镇审核确认为准')
      expect(found.shares.length).toBeGreaterThan(0)
      expect(text).toContain(`${yuan(found.totals.month)} 元/月`)
      for (const { programmeName } of found.left) expect(text).toContain(programmeName)
      await section.scrollIntoViewIfNeeded()
      await picture(visit.page, 'together-1280')
    })

    test('draws benefits against earnings, names every loss, and follows another member', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      const id = await openTogether(visit)
      const path = `/api/households/${id}/income-curve`
      const curve = await answerOf<IncomeCurve>(visit, path)
      const section = visit.page.locator('.income-effects')
      expect(await section.locator('.losses tbody tr').count()).toBe(curve.losses.length)
      const rows = await section.locator('.income-points tbody tr').allInnerTexts()
      expect(rows.length).toBeGreaterThan(1)
      const last = curve.points.at(-1)
      expect(rows.at(-1)).toContain(yuan(last?.earned ?? 0))
      expect(await seriousProblems(visit.page)).toEqual([])
      await section.scrollIntoViewIfNeeded()
      await picture(visit.page, 'income-1280')
      const other = curve.members.find((one) => one.id !== curve.member)
      if (!other) return
      await section.locator('.ant-select').click()
      await visit.page.locator('.ant-select-item-option', { hasText: other.name }).first().click()
      await expect.poll(() => section.locator('.ant-select').innerText()).toContain(other.name)
    })

    test('fits a phone and prints with the drawing', async () => {
      const visit = await hosting().arrive({ role: '居村', viewport: PHONE })
      await openTogether(visit)
      expect(await sidewaysScroll(visit.page)).toBe(0)
      const chart = await visit.page.locator('.income-chart svg').boundingBox()
      expect(chart?.width ?? 999).toBeLessThanOrEqual(PHONE.width - 32)
      expect(await seriousProblems(visit.page)).toEqual([])
      await visit.page.locator('.income-effects').scrollIntoViewIfNeeded()
      await picture(visit.page, 'income-375')
      await visit.page.emulateMedia({ media: 'print' })
      expect(await visit.page.locator('.income-chart svg').isVisible()).toBe(true)
      expect(await visit.page.locator('.losses, .income-effects p').first().isVisible()).toBe(true)
    })
  })

  describe('the borderline list', () => {
    test('shows who, where, which line, by how much and since when, and opens by keyboard', async () => {
      const visit = await hosting().arrive({ role: '区级' })
      const { page, url } = visit
      await page.goto(`${url}/borderline`)
      await page.locator('.borderline-link').first().waitFor()
      const list = await answerOf<Borderline>(visit, '/api/borderline')
      expect(await page.locator('.borderline-table tbody tr').count()).toBe(list.items.length)
      const [first] = list.items
      const row = await page.locator('.borderline-table tbody tr').first().innerText()
      expect(row).toContain(first?.programmeName)
      expect(row).toContain(
        `${yuan(first?.gap ?? 0)} 元（${((first?.permille ?? 0) / 10).toFixed(1)}%）`,
      )
      expect(await seriousProblems(page)).toEqual([])
      await picture(page, 'borderline-1280')
      for (const key of ['j', 'Enter']) await page.keyboard.press(key)
      await page.waitForURL(/households\/\d+/)
    })

    test('keeps its filters in the address and exports what is shown', async () => {
      const visit = await hosting().arrive({ role: '区级' })
      const { page, url } = visit
      await page.goto(`${url}/borderline`)
      await page.locator('.borderline-link').first().waitFor()
      await page.locator('.borderline-filters .facet').last().click()
      await page.waitForURL(/programme=/)
      const programme = new URL(page.url()).searchParams.get('programme')
      const list = await answerOf<Borderline>(visit, `/api/borderline?programme=${programme}`)
      await expect
        .poll(() => page.locator('.borderline-table tbody tr').count())
        .toBe(list.items.length)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: '导出表格' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText(`${list.total} 行`, { exact: true }).waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await dialog.getByLabel('用途').click()
      await page.getByTitle('入户走访核实').click()
      await dialog.getByRole('button', { name: '下载' }).click()
      const file = await download
      expect(file.suggestedFilename()).toMatch(/^borderline-\d+\.csv$/)
      const sheet = await readFile(await file.path(), 'utf8')
      // A heading above, the advice and the mark beneath.
      expect(sheet.trim().split('\r\n')).toHaveLength(list.total + 3)
      expect(sheet).toContain('仅供“入户走访核实”使用，不得外传')
    })

    test('says why it is empty, and fits a phone', async () => {
      const { page, url } = await hosting().arrive({ role: '区级', viewport: PHONE })
      await page.goto(`${url}/borderline`)
      await page.locator('.borderline-link').first().waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await seriousProblems(page)).toEqual([])
      await picture(page, 'borderline-375')
      await page.goto(`${url}/borderline?programme=no-such-policy`)
      await page.getByText('这些条件下没有').waitFor()
      await page.getByRole('button', { name: '清除全部筛选' }).first().click()
      await page.locator('.borderline-link').first().waitFor()
    })
  })
}
