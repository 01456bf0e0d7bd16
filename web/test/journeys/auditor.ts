import { describe, expect, test } from 'vitest'
import {
  type Hosting,
  openFirstHousehold,
  PHONE,
  seriousProblems,
  sidewaysScroll,
} from '../visit.ts'

export function auditor(hosting: () => Hosting): void {
  describe('the auditor', () => {
    test('finds who looked at a household, checks the seals, and takes a sheet with a reason', async () => {
      const official = await hosting().arrive({ role: '街镇' })
      await openFirstHousehold(official)
      const household = /households\/(\d+)/.exec(official.page.url())?.[1] ?? ''
      await official.page.getByRole('tab', { name: '查阅记录' }).click()
      await official.page.locator('.looks tbody tr').first().waitFor()
      expect(await official.page.locator('.looks').innerText()).toContain('专干甲')

      const { page, url } = await hosting().arrive({ username: 'shenji' })
      await page.goto(url)
      await page.getByLabel('家庭编号').fill(household)
      await page.getByRole('button', { name: '查找' }).click()
      await page.waitForURL(`**/audit?household=${household}`)
      await page.locator('.audit-table').getByText('查看家庭').first().waitFor()
      expect(await page.locator('.audit-table').innerText()).toContain('专干甲')
      await page.getByRole('button', { name: '核验全部' }).click()
      await page.getByText('核验通过').waitFor()
      await page.getByRole('button', { name: '导出' }).click()
      await page.getByLabel('导出事由').fill('季度安全检查')
      const taken = page.waitForEvent('download')
      await page.getByRole('dialog').getByRole('button', { name: '导出' }).click()
      expect((await taken).suggestedFilename()).toBe('audit.csv')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      expect(await seriousProblems(page)).toEqual([])
    })

    test('has a page that fits a phone', async () => {
      const { page, url } = await hosting().arrive({ username: 'shenji', viewport: PHONE })
      await page.goto(`${url}/audit`)
      await page.locator('.audit-table').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
}
