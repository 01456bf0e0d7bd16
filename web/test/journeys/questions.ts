import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'
import { fillIn } from './fill-in.ts'

/** The search begins when the program does and goes through some thousand households (ms). */
const PATIENCE = 120_000

async function openQuestions(page: Page, url: string, search = ''): Promise<void> {
  await page.goto(`${url}/questions${search}`)
  await page.locator('.question-row').first().waitFor({ timeout: PATIENCE })
}

export function questions(hosting: () => Hosting): void {
  describe('what is worth asking', () => {
    test(
      'is listed by what it finds, filtered in the address and walked by keyboard to a household',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openQuestions(page, url)
        await expect
          .poll(() => page.locator('.question-note').count(), { timeout: PATIENCE })
          .toBe(0)
        expect(await page.locator('.page-title').innerText()).toMatch(/[\d,]+ 户值得一问/)
        await picture(page, 'questions-1280')
        expect(await seriousProblems(page)).toEqual([])
        await page.locator('.facet', { hasText: '向部门核对' }).first().click()
        await page.waitForURL(/way=department/)
        await expect
          .poll(() => page.locator('.question-open').first().innerText())
          .toMatch(/^向.+核对：/)
        for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key)
        await page.waitForURL(/open=/)
        const household = page.locator('.asked-household-link').first()
        await household.waitFor()
        expect(await household.innerText()).toMatch(/○/)
        expect(await seriousProblems(page)).toEqual([])
        await household.click()
        await page.locator('.next-question').first().waitFor()
        await page.goBack()
        await page.locator('.asked-household-link').first().waitFor()
      },
      2 * PATIENCE,
    )

    test('can be taken along as a table', async () => {
      const { page, url } = await hosting().arrive({ role: '街镇' })
      await openQuestions(page, url, '?sort=households')
      await page.getByRole('button', { name: '导出表格' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('用途').click()
      await page.getByTitle('工作统计').click()
      const download = page.waitForEvent('download')
      await dialog.getByRole('button', { name: '下载' }).click()
      const sheet = await readFile(await (await download).path(), 'utf8')
      expect(sheet).toMatch(/^\uFEFF街镇,居村,事实,怎么问/)
    })

    test('says what to do where a filter leaves nothing', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/questions?programme=no-such-programme`)
      await page.getByText('这样筛选没有结果').waitFor()
      await page.locator('.state').getByRole('button', { name: '清除筛选' }).click()
      await expect.poll(() => page.url()).not.toContain('programme=')
    })

    test('fits a phone', async () => {
      const { page, url } = await hosting().arrive({ role: '居村', viewport: PHONE })
      await openQuestions(page, url)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'questions-375')
    })

    test('an answer is written down where it is asked, and the next question follows', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await openQuestions(page, url, '?way=person')
      await page.locator('.question-open').first().click()
      await page.locator('.asked-household-link').first().click()
      const first = page.locator('.next-question', { hasText: '当面问' }).first()
      await first.waitFor()
      expect(await page.locator('.next-question').count()).toBeLessThanOrEqual(5)
      expect(await page.locator('.next-questions').innerText()).toMatch(/平均能定下 [\d.]+ 项/)
      await page.locator('.programme').first().waitFor()
      await picture(page, 'next-question-1280')
      const asked = await first.locator('.next-question-ask').innerText()
      await first.locator('summary').click()
      expect(await first.locator('.next-question-settles').innerText()).toMatch(/% 能定下/)
      await first.getByRole('button', { name: '记下回答' }).click()
      await fillIn(page, first.locator('.fact-form'))
      await first.getByRole('button', { name: '记下并重新判断' }).click()
      await page.getByText(/已保存 .*结论已重新计算/).waitFor()
      await expect
        .poll(() => page.locator('.next-question-ask').allInnerTexts())
        .not.toContain(asked)
    })
  })
}
