import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DESK, type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** What a neighbour says of a family, from the word to the end; and a rule that the district looks at before it is switched on. */
export function warnings(hosting: () => Hosting): void {
  describe('a warning', () => {
    test('of a neighbour is written down, dispatched, visited, disposed of and closed', {
      timeout: 180_000,
    }, async () => {
      const advisor = await hosting().arrive({ username: 'guwen' })
      const { page, url } = advisor
      const answer = await advisor.context.request.get(`${url}/api/households?size=1`)
      const { items } = (await answer.json()) as { items: { id: number }[] }
      await page.goto(`${url}/households/${items[0]?.id}`)
      await page.getByRole('button', { name: '登记反映' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('说了什么').fill('门口的报纸好几天没人收')
      await dialog.getByText('橙色').click()
      expect.soft(await seriousProblems(page), 'word').toEqual([])
      await dialog.getByRole('button', { name: '保存' }).click()
      const link = page.locator('.household-warnings .warning-link', {
        has: page.getByText('求助反映'),
      })
      await link.click()
      await page.getByText('门口的报纸好几天没人收').waitFor()
      const address = page.url()

      const township = await hosting().arrive({ username: 'jiezhen' })
      await township.page.goto(address)
      await township.page.getByRole('button', { name: '派发' }).click()
      await township.page.getByLabel('派给谁').click()
      await township.page.getByTitle(/顾问甲/).click()
      await township.page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
      await township.page.getByText('派给顾问甲').waitFor()

      await page.reload()
      await page.getByRole('button', { name: '接收' }).click()
      await page.getByRole('button', { name: '登记走访' }).click()
      await page.getByText('上门见到').click()
      await save(page, '摔伤后行动不便，已联系家属')
      await page.getByRole('button', { name: '登记核实结论' }).click()
      await page.getByRole('dialog').getByText('属实').click()
      await save(page, '')
      await page.getByRole('button', { name: '处置' }).click()
      await page.getByRole('dialog').getByLabel('处置', { exact: true }).click()
      await page.getByTitle('链接服务').click()
      await save(page, '联系助餐和上门护理')
      await page.locator('.step-here', { hasText: '已处置' }).waitFor()
      expect.soft(await seriousProblems(page), 'warning').toEqual([])
      await picture(page, 'warning-1280')
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      expect.soft(await seriousProblems(page), 'warning on a phone').toEqual([])
      await page.setViewportSize(DESK)
      await page.getByRole('button', { name: '已向来源反馈' }).click()
      await save(page, '已告知邻居')
      await page.getByRole('button', { name: '办结' }).click()
      await page.locator('.step-here', { hasText: '已办结' }).waitFor()
      await page.getByText('已没有要办的事').waitFor()
    })

    test('is raised by a rule that the district tries before it switches it on', async () => {
      const { page, url } = await hosting().arrive({ username: 'qu' })
      await page.goto(`${url}/warning-signals`)
      await page.getByRole('button', { name: /A07 .*启用或修改规则/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('规则（FEEL）').fill('读不懂的规则')
      await dialog.getByRole('button', { name: '试算今天数量' }).click()
      await dialog.getByRole('alert').getByText('规则读不懂').waitFor()
      await dialog.getByLabel('规则（FEEL）').fill('获得国家助学贷款')
      await dialog.getByRole('button', { name: '试算今天数量' }).click()
      await dialog.getByRole('status').getByText(/今天/).waitFor()
      await dialog.getByLabel('依据').fill('区局会议纪要')
      expect.soft(await seriousProblems(page), 'rule').toEqual([])
      await dialog.getByRole('button', { name: '保存' }).click()
      await page.locator('.signal', { hasText: 'A07' }).getByText('已启用').waitFor()
    })
  })
}

async function save(page: Page, words: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  if (words) await dialog.locator('textarea').fill(words)
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
}
