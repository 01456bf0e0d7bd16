import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Hosting,
  openFirstHousehold,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
} from '../visit.ts'

export function consents(hosting: () => Hosting): void {
  describe('what a household allows and does not want', () => {
    let page: Page
    const open = async (viewport?: { width: number; height: number }) => {
      const visit = await hosting().arrive({ role: '居村', ...(viewport ? { viewport } : {}) })
      page = visit.page
      await openFirstHousehold(visit)
      await page.getByRole('tab', { name: '授权', exact: true }).click()
      await page.locator('.consent-card').first().waitFor()
    }

    beforeEach(() => open())

    test('is recorded as the person says it: no verdict is shown, and no lead, until it is taken back', async () => {
      await page.getByRole('button', { name: '登记本人意愿' }).click()
      await page.getByRole('button', { name: '登记并立即停止' }).click()
      const standing = page.locator('.consent-list li', { hasText: '不接受自动匹配' })
      await standing.filter({ hasText: '有效' }).waitFor()
      expect(await standing.first().innerText()).toMatch(/全家[^]*提出 · .*登记/)
      await picture(page, 'consents-1280')
      await page.getByRole('link', { name: '看线索' }).waitFor({ state: 'detached' })
      await page.getByRole('tab', { name: '一览' }).click()
      await page.getByText('这户家庭不接受自动匹配').waitFor()
      expect(await page.locator('.programme').count()).toBe(0)
      expect(await page.locator('.member').count()).toBeGreaterThan(0)
      await page.getByRole('link', { name: '看登记' }).click()
      await standing.getByRole('button', { name: '撤回' }).click()
      await standing.filter({ hasText: '已撤回' }).first().waitFor()
      await page.getByRole('tab', { name: '一览' }).click()
      await page.locator('.programme').first().waitFor()
      await page.getByRole('link', { name: '看线索' }).waitFor()
    })

    test('an authorisation needs a last day and its evidence, and is shown with who recorded it', async () => {
      await page.getByRole('button', { name: '登记授权' }).click()
      const form = page.getByRole('form', { name: '登记授权' })
      await form.getByRole('button', { name: '登记授权' }).click()
      await expect.poll(() => form.getByText('请填写').count()).toBe(2)
      await form.getByLabel('到哪天为止').fill('2025-12-31')
      await page.keyboard.press('Enter')
      await form.getByLabel('凭据').fill('授权书 7 号')
      await form.getByRole('button', { name: '登记授权' }).click()
      const row = page.locator('.consent-list li', { hasText: '授权书 7 号' })
      await row.waitFor()
      expect(await row.innerText()).toMatch(/家庭经济状况核对[^]*2025-06-01 – 2025-12-31[^]*有效/)
      await row.getByRole('button', { name: '撤回授权' }).click()
      await row.filter({ hasText: '已撤回' }).waitFor()
    })

    test('every fact says on what basis it is known, and one that may not be used says so', async () => {
      await page.getByRole('tab', { name: '事实与来源' }).click()
      const rows = page.locator('.fact-table tbody tr', { has: page.locator('.fact-basis') })
      await rows.first().waitFor()
      // What a visit found another visit finds anew; beside a department's word it would only lie.
      const texts = await rows.allInnerTexts()
      const row = rows.nth(texts.findIndex((text) => text.includes('社区救助顾问入户')))
      await row.getByRole('button').click()
      const form = page.locator('.fact-form')
      const choose = async (label: string, option: string) => {
        await form.getByLabel(label).click()
        await page.locator('.ant-select-item-option', { hasText: option }).click()
      }
      await choose('从哪里得知', '入户核实')
      await choose('凭什么依据', '未说明依据')
      await form.getByRole('button', { name: '记下并重新判断' }).click()
      await page.locator('.fact-basis', { hasText: '不用于匹配' }).waitFor()
      await form.waitFor({ state: 'detached' })
      await page.getByRole('tab', { name: '一览' }).click()
      const leftOut = page.locator('.left-out')
      await leftOut.locator('summary').click()
      await leftOut.getByText('依据（未说明依据）不含主动发现，未用于匹配').waitFor()
      await page.getByRole('tab', { name: '事实与来源' }).click()
      await row.getByRole('button').click()
      await choose('从哪里得知', '入户核实')
      await form.getByRole('button', { name: '记下并重新判断' }).click()
      await page.locator('.fact-basis', { hasText: '不用于匹配' }).waitFor({ state: 'detached' })
    })

    test('fits a phone and has no serious fault of access', async () => {
      await open(PHONE)
      await page.getByRole('button', { name: '登记本人意愿' }).click()
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await seriousProblems(page)).toEqual([])
    })
  })
}
