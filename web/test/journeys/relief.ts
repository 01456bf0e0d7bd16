import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** 小额快救: from the report of an emergency, on a phone at the door, to its closing by another than who granted it. */
export function relief(hosting: () => Hosting): void {
  describe('quick relief', () => {
    let address = ''

    test('begins where an advisor reports an emergency and records what was seen, on a phone', async () => {
      const { page, url, context } = await hosting().arrive({ username: 'guwen', viewport: PHONE })
      const list = await context.request.get(`${url}/api/households?size=12`)
      const { items } = (await list.json()) as { items: { id: number }[] }
      await page.goto(`${url}/households/${items.at(-1)?.id}`)
      await page.getByRole('button', { name: '报告急难' }).click()
      await page.getByLabel('火灾、交通事故等意外').check()
      await page.getByLabel('发生了什么').fill('灶台失火，厨房烧毁')
      expect(await seriousProblems(page)).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: '报告急难' }).click()
      await page.waitForURL(/reliefs\/\d+$/)
      address = new URL(page.url()).pathname
      await page.getByText('还剩 3 天').waitFor()
      await page.getByRole('button', { name: '登记到场' }).click()
      await page.getByLabel('现场情况').fill('人未受伤，暂住邻居家')
      await page.getByRole('dialog').getByRole('button', { name: '登记到场' }).click()
      await page.locator('.chip').getByText('待决定').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await page.getByRole('button', { name: '决定救助' }).count()).toBe(0)
      await picture(page, 'relief-375')
    })

    test('is decided by the township, which is told how much it may be at most', async () => {
      const { page, url } = await hosting().arrive({ username: 'jiezhen' })
      await page.goto(url + address)
      await page.getByRole('button', { name: '决定救助' }).click()
      await page.getByLabel('救助金额').fill('999999')
      await page.getByText(/超过上限/).waitFor()
      await page.getByLabel('救助金额').fill('800')
      await page.getByRole('dialog').getByRole('button', { name: '决定救助' }).click()
      await page.locator('.chip').getByText('已救助，待补说明').waitFor()
      await page.getByRole('button', { name: '补充说明' }).click()
      await page.getByLabel('事后说明').fill('现场照片三张，收据一份')
      await page.getByRole('dialog').getByRole('button', { name: '补充说明' }).click()
      await page.locator('.chip').getByText('待办结').waitFor()
      // Whoever granted it does not close it.
      expect(await page.getByRole('button', { name: '办结' }).count()).toBe(0)
      expect(await seriousProblems(page)).toEqual([])
      await picture(page, 'relief-1280')
    })

    test('is closed by another official, who says why before reading what was written', async () => {
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(url + address)
      await page.getByText('发生了什么').waitFor()
      expect(await page.getByText('灶台失火').count()).toBe(0)
      // Nobody decides on what they were not shown.
      expect(await page.getByRole('button', { name: '办结' }).count()).toBe(0)
      await page.getByRole('button', { name: '说明事由' }).click()
      await page.getByLabel('查看事由').fill('办结小额快救')
      await page.keyboard.press('Enter')
      await page.getByText('灶台失火').first().waitFor()
      await page.getByRole('button', { name: '办结' }).click()
      await page.getByRole('tooltip').getByRole('button', { name: '办结' }).click()
      await page.locator('.chip').getByText('已办结').waitFor()
      await page.goto(`${url}/reliefs?state=ended`)
      await page.locator('.relief-row').first().waitFor()
    })
  })
}
