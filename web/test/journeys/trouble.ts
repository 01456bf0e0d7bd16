import { describe, expect, test } from 'vitest'
import { type Hosting, openLeads } from '../visit.ts'

export function trouble(hosting: () => Hosting): void {
  describe('when something goes wrong', () => {
    test('a lost line is named, and the list comes back with it', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      const { page } = visit
      await page.route('**/api/leads?*', (route) => route.abort())
      await page.goto(`${visit.url}/leads`)
      await page.getByText('连不上服务器').waitFor()
      await page.unroute('**/api/leads?*')
      await page.getByRole('button', { name: '再试一次' }).click()
      await page.locator('.lead-row').first().waitFor()
    })

    test('a fault of the server is named, and what was written stays', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      const { page } = visit
      await openLeads(visit)
      await page.locator('.lead-open').first().click()
      await page.route('**/api/leads/*/notes', (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'internal', title: 'Internal error', status: 500 }),
        }),
      )
      const note = page.getByRole('textbox', { name: /记一笔/ })
      await note.fill('老人说下周再谈')
      await page.locator('.note-form').getByRole('button', { name: '记下' }).click()
      await page.getByText('服务器出了问题，没有保存。请稍后再试。').waitFor()
      expect(await note.inputValue()).toBe('老人说下周再谈')
    })

    test('what is not there, or not in one’s area, is said not to be found', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/households/999999999`)
      await page.getByText('没有找到，或不在您的范围内。').waitFor()
      await page.goto(`${url}/policies/no-such-policy`)
      await page.getByText('没有找到，或不在您的范围内。').waitFor()
      await page.goto(`${url}/nowhere`)
      await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
    })
  })
}
