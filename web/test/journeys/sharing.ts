import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import {
  DESK,
  type Hosting,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

/** The day stands at 2025-06-01, a Sunday in the Dragon Boat festival. */
export function sharing(hosting: () => Hosting): void {
  describe('shared data', () => {
    test('a data steward asks for data, sees the answer overdue, and follows it until it is destroyed', {
      timeout: 180_000,
    }, async () => {
      const steward = await hosting().arrive({ username: 'shuju' })
      const { page } = steward
      await draft(steward)
      await take(page, '登记发出', '2025-05-30', '沪青民函 12 号')
      await page.getByText('答复期限 2025-06-03').waitFor()
      // The administrator of the system makes a Saturday a working day.
      await makeSaturdayWorked(await hosting().arrive({ role: '系统' }))
      await page.reload()
      await page.getByText('答复期限 2025-05-31').waitFor()
      await page.getByRole('link', { name: '共享台账' }).first().click()
      await page.locator('.sharing-counts').getByText('逾期 1 项').waitFor()
      await page.getByText('只看逾期').click()
      await page.waitForURL(/overdue=1/)
      expect.soft(await seriousProblems(page), 'ledger').toEqual([])
      await picture(page, 'sharing-1280')
      await page.getByRole('link', { name: '养老金发放信息' }).click()
      await take(page, '登记一次性告知', '2025-05-31', '缺少使用人数')
      await page.locator('.chip', { hasText: '待补正' }).waitFor()
      await page.getByRole('button', { name: '修改内容' }).click()
      await page.getByLabel('使用范围').fill('本区在册低保家庭成员 3100 人，养老金月发放额')
      await page.getByRole('button', { name: '保存' }).click()
      await page.getByText('历次内容（1）').waitFor()
      await take(page, '登记补正', '2025-06-01', '已补使用人数')
      expect(await page.getByRole('button', { name: '登记一次性告知' }).count()).toBe(0)
      await take(page, '登记同意', '2025-06-01')
      await page.getByText(/提供数据期限 2025-06-/).waitFor()
      await take(page, '登记提供数据', '2025-06-01')
      await noteUse(page)
      await askCorrection(page)
      expect.soft(await seriousProblems(page), 'request').toEqual([])
      await picture(page, 'sharing-request-1280')
      await take(page, '提前结束使用', '2025-06-01', '复核已完成')
      await page.getByText('应销毁“养老金发放信息”的全部数据').waitFor()
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      expect.soft(await seriousProblems(page), 'request on a phone').toEqual([])
      await picture(page, 'sharing-request-375')
      await take(page, '登记销毁', '2025-06-01', '库表已清除，两人在场')
      await page.locator('.chip', { hasText: '已销毁' }).waitFor()
      await page.setViewportSize(DESK)
    })
  })
}

async function draft({ page, url }: Visit): Promise<void> {
  await page.goto(`${url}/sharing`)
  await page.getByText('没有共享申请').waitFor()
  await page.getByRole('link', { name: '新建申请' }).click()
  await page.waitForURL(/sharing\/new/)
  await page.getByLabel('来源部门').click()
  await page.getByTitle('人社', { exact: true }).click()
  await page.getByLabel('所需数据').fill('养老金发放信息')
  await page.getByText('无条件共享', { exact: true }).click()
  await page.getByLabel('使用依据').fill('政务数据共享条例')
  await page.getByLabel('使用场景').fill('低保复核时比对家庭收入')
  await page.getByLabel('使用范围').fill('本区在册低保家庭成员，养老金月发放额')
  await page.getByLabel('共享方式').click()
  await page.getByTitle('库表交换').click()
  await writeDay(page, '使用期限起', '2025-05-01')
  await writeDay(page, '使用期限止', '2025-12-31')
  expect.soft(await seriousProblems(page), 'new request').toEqual([])
  await picture(page, 'sharing-new-1280')
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.locator('.chip', { hasText: '起草' }).waitFor()
}

/** Takes a step of the request that stands on the page. */
async function take(page: Page, step: string, onDay: string, text?: string): Promise<void> {
  await page.getByRole('button', { name: step }).click()
  const dialog = page.getByRole('dialog', { name: step })
  await writeDay(dialog, '日期', onDay)
  if (text) await dialog.locator('textarea').fill(text)
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function writeDay(within: Page | Locator, label: string, day: string): Promise<void> {
  const field = within.getByLabel(label)
  await field.fill(day)
  await field.press('Tab')
}

async function noteUse(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记使用' }).click()
  const dialog = page.getByRole('dialog', { name: '登记使用' })
  await dialog.getByLabel('使用场景').fill('低保复核')
  await dialog.getByLabel('使用过程').fill('与申报收入逐户比对')
  await dialog.getByRole('button', { name: '保存' }).click()
  // Until then its own field says the same.
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('与申报收入逐户比对').waitFor()
}

async function askCorrection(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提出纠错' }).click()
  const dialog = page.getByRole('dialog', { name: '提出纠错' })
  await dialog.getByLabel('哪些数据有误').fill('四月数据重复')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText(/纠错答复期限 2025-06-/).waitFor()
}

async function makeSaturdayWorked({ page, url }: Visit): Promise<void> {
  await page.goto(`${url}/workdays?year=2027`)
  await page.getByText('这一年的放假安排还没有登记').waitFor()
  await page.setViewportSize(PHONE)
  expect(await sidewaysScroll(page)).toBe(0)
  await picture(page, 'workdays-375')
  await page.setViewportSize(DESK)
  for (const earlier of ['2026', '2025'])
    await page.getByRole('button', { name: earlier, exact: true }).click()
  await page.getByText('放假 28 天，调休上班 5 天').waitFor()
  expect.soft(await seriousProblems(page), 'calendar').toEqual([])
  await picture(page, 'workdays-1280')
  await page.getByRole('button', { name: '5 月 31 日 端午 放假' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('调休上班').click()
  await dialog.getByLabel('依据').fill('市里通知')
  expect.soft(await seriousProblems(page), 'day').toEqual([])
  await picture(page, 'workdays-day-1280')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: /^5 月 31 日.*调休上班$/ }).waitFor()
  await page.getByRole('region', { name: '改动记录' }).getByText('市里通知').waitFor()
}
