import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Hosting, openFirstHousehold, picture, type Visit } from '../visit.ts'
import { fillIn } from './fill-in.ts'

export function household(hosting: () => Hosting): void {
  test('the households of the area are walked and opened by keyboard', async () => {
    const { page, url } = await hosting().arrive({ role: '居村' })
    await page.goto(`${url}/households`)
    await page.locator('.household-link').first().waitFor()
    for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key)
    await page.waitForURL(/households\/\d+/)
  })

  describe('the page of a household', () => {
    let visit: Visit
    let page: Page

    beforeEach(async () => {
      visit = await hosting().arrive({ role: '居村' })
      page = visit.page
      await openFirstHousehold(visit)
    })

    test('opens a verdict to its conditions: value, line, verdict, clause, source and day', async () => {
      const programme = page.locator('.programme').first()
      const heads = await programme.locator('.conditions thead th').allInnerTexts()
      expect(heads).toEqual(['条件', '本户', '标准', '结论', '依据'])
      const conditions = await programme.locator('.conditions').innerText()
      expect(conditions).toMatch(/符合|待核实/)
      expect(conditions).toMatch(/\d{4}-\d{2}-\d{2}/)
      const page_ = await page.locator('.programmes').innerText()
      expect(page_).toContain('仅供参考,以街镇审核确认为准')
      expect(await page.locator('.member').count()).toBeGreaterThan(0)
      await picture(page, 'household-1280')
    })

    test('leads from a value to the records behind it', async () => {
      // A status follows from rolls and has no records of its own.
      const recorded = page.locator('.programme .reads li', { hasNotText: '身份' })
      await recorded.locator('.read').first().click()
      await page.waitForURL(/tab=facts/)
      await page.locator('.fact-history li').first().waitFor()
      await picture(page, 'facts-1280')
      await page.goBack()
      await page.locator('.programme').first().waitFor()
    })

    test('keeps what was typed while the line was down, then saves it and judges anew', async () => {
      const unknown = page.locator('.programme-unknown, .programme-following')
      const count = await unknown.count()
      expect(count).toBeGreaterThan(0)
      const form = page.locator('.programme:visible .fact-form').first()
      for (let at = 0; at < count && (await form.count()) === 0; at += 1) {
        await unknown.nth(at).locator('.programme-open').click()
        await page.waitForTimeout(100)
      }
      const asked = await form.getAttribute('aria-label')
      await fillIn(page, form)
      await visit.context.setOffline(true)
      await form.getByRole('button', { name: '记下并重新判断' }).click()
      await expect.poll(() => form.getByRole('alert').innerText()).toContain('已填的内容还在')
      await visit.context.setOffline(false)
      await form.getByRole('button', { name: '记下并重新判断' }).click()
      await page.getByText(/已保存 .*结论已重新计算/).waitFor()
      await expect.poll(() => page.locator(`form[aria-label="${asked}"]`).count()).toBe(0)
    })

    test('shows another day tinted and says that it is not today', async () => {
      await page.goto(`${page.url().split('?')[0]}?on=2024-12-01`)
      await page.getByText('这里显示的是 2024-12-01 的政策和结论，不是今天的。').waitFor()
      expect(await page.locator('.household-past').count()).toBe(1)
      await page.getByRole('button', { name: '回到今天' }).click()
      await expect.poll(() => page.url()).not.toContain('on=')
    })

    test('keeps what an expired standard would have said apart from the verdict', async () => {
      await page.goto(`${page.url().split('?')[0]}?on=2025-07-15`)
      const waiting = page.locator('.programme', { has: page.locator('.verdict-pending') })
      await waiting.first().waitFor()
      const count = await waiting.count()
      const apart = page.locator('.provisional:visible')
      for (let at = 0; at < count && (await apart.count()) === 0; at += 1) {
        await waiting.nth(at).locator('.programme-open').click()
        await page.waitForTimeout(100)
      }
      const text = await apart.first().innerText()
      expect(text).toContain('如果仍按旧标准')
      expect(text).toContain('这是推测，不作为结论。')
    })

    test('prints without the frame, with the day and whose advice it is', async () => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.rail').isVisible()).toBe(false)
      expect(await page.locator('.top-bar').isVisible()).toBe(false)
      const text = await page.locator('main').innerText()
      expect(text).toContain('打印于 2025-06-01')
      expect(text).toContain('仅供参考,以街镇审核确认为准')
    })
  })
}
