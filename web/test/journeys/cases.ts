import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** Three people one after another, on a busy machine (ms). */
const PATIENCE = 60_000

const dialogButton = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true })
const more = async (page: Page, name: string) => {
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name }).click()
}

async function sayWhy(page: Page): Promise<void> {
  await page.getByRole('button', { name: '说明事由' }).click()
  await page.getByLabel('查看事由').fill('审批个案')
  await page.keyboard.press('Enter')
}

/** 一户一案: opened and planned by one official, approved by another, served, closed with the household's word. */
export function cases(hosting: () => Hosting): void {
  describe('the case of a household', () => {
    let address = ''

    test('is opened on its page, given a goal and handed in', { timeout: PATIENCE }, async () => {
      const { page, url, context } = await hosting().arrive({ username: 'jiezhen' })
      const list = await context.request.get(`${url}/api/households?size=15`)
      const { items } = (await list.json()) as { items: { id: number }[] }
      await page.goto(`${url}/households/${items.at(-1)?.id}`)
      await page.locator('.cases-of').getByRole('button', { name: '立案' }).click()
      await page.getByLabel('家庭情况和困难').fill('独居，腿脚不便，药常常忘吃')
      await dialogButton(page, '立案').click()
      await page.waitForURL(/cases\/\d+$/)
      address = new URL(page.url()).pathname
      await page.getByText('还剩 10 个工作日').waitFor()
      await page.getByRole('button', { name: '制定方案' }).click()
      await page.getByRole('button', { name: '增加目标' }).click()
      await page.getByLabel('目标', { exact: true }).fill('按月服药')
      await page.getByLabel('怎样算达成').fill('连续三个月按时取药')
      await page.getByLabel('自己努力').check()
      await page.getByLabel('完成日期').fill('2025-09-30')
      await page.keyboard.press('Enter')
      expect(await seriousProblems(page)).toEqual([])
      await dialogButton(page, '增加目标').click()
      await page.locator('.case-goal', { hasText: '按月服药' }).waitFor()
      await page.getByRole('button', { name: '提交方案' }).click()
      await dialogButton(page, '提交方案').click()
      await page.locator('.chip').getByText('方案待审批').waitFor()
      // Whoever handed it in does not approve it.
      expect(await page.getByRole('button', { name: '同意方案' }).count()).toBe(0)
      await picture(page, 'case-1280')
    })

    test('is approved by another, who first says why they read it, on a phone', {
      timeout: PATIENCE,
    }, async () => {
      const { page, url } = await hosting().arrive({ role: '区级', viewport: PHONE })
      await page.goto(`${url}/cases?view=to-decide`)
      expect(await sidewaysScroll(page)).toBe(0)
      await page.goto(url + address)
      await sayWhy(page)
      await page.getByRole('button', { name: '同意方案' }).click()
      await page.locator('.chip').getByText('服务中').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'case-375')
      // The district has most tabs there: all of them in sight, none behind a button that is no tab.
      await page.locator('.page-title a[href^="/households/"]').click()
      await page.getByRole('tab', { name: '查阅记录' }).waitFor()
      expect(await seriousProblems(page)).toEqual([])
    })

    test('is closed once its goal has an outcome and the household its word', {
      timeout: PATIENCE,
    }, async () => {
      const { page, url } = await hosting().arrive({ username: 'jiezhen' })
      await page.goto(url + address)
      await page.getByRole('button', { name: /登记结果：按月服药/ }).click()
      await page.getByLabel('结果说明').fill('三个月都按时取了药')
      await dialogButton(page, '登记结果').click()
      await page.locator('.case-goal .chip').getByText('已达成').waitFor()
      await page.getByRole('button', { name: '申请结案' }).click()
      await page.getByLabel('结案原因').click()
      await page.locator('.ant-select-item-option').getByText('目标达成').click()
      await page.getByLabel('家庭意见').fill('谢谢，现在自己能行')
      await dialogButton(page, '申请结案').click()
      await page.locator('.chip').getByText('结案待审批').waitFor()
      const official = await hosting().arrive({ role: '区级', viewport: PHONE })
      await official.page.goto(url + address)
      await sayWhy(official.page)
      await official.page.getByRole('button', { name: '同意结案' }).click()
      await official.page.locator('.chip').getByText('跟踪回访').waitFor()
      await page.goto(url + address)
      await page.getByRole('button', { name: '登记回访' }).click()
      await page.getByLabel('回访情况').fill('药按时吃，女儿每周来')
      await dialogButton(page, '登记回访').click()
      await page.locator('.chip').getByText('已归档').waitFor()
      expect(await seriousProblems(page)).toEqual([])
    })

    test('another can be opened then, and be suspended for a while', {
      timeout: PATIENCE,
    }, async () => {
      const { page, url, context } = await hosting().arrive({ username: 'jiezhen' })
      const list = await context.request.get(`${url}/api/households?size=15`)
      const { items } = (await list.json()) as { items: { id: number }[] }
      await page.goto(`${url}/households/${items.at(-1)?.id}`)
      await page.locator('.cases-of').getByRole('button', { name: '立案' }).click()
      await page.getByLabel('家庭情况和困难').fill('住院回来，要人照看')
      await dialogButton(page, '立案').click()
      await page.waitForURL(/cases\/\d+$/)
      await more(page, '中止个案')
      await page.getByLabel('中止的原因').fill('又住院了')
      await dialogButton(page, '中止个案').click()
      await page.locator('.chip').getByText('已中止').waitFor()
    })
  })
}
