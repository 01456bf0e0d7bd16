import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

export function sources(hosting: () => Hosting): void {
  describe('sources', () => {
    test('a data steward finds who delivers a fact and takes the template', {
      timeout: 90_000,
    }, async () => {
      const { page, url } = await hosting().arrive({ username: 'shuju' })
      await page.goto(`${url}/sources`)
      await page.locator('.source-card').first().waitFor()
      expect.soft(await seriousProblems(page), 'sources').toEqual([])
      await picture(page, 'sources-1280')
      await page.getByLabel('按部门或字段查找').fill('养老金种类')
      await page.waitForURL(/q=/)
      expect(await page.locator('.source-card h2').allInnerTexts()).toEqual(['人社'])
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: '下载模板：人社' }).click()
      expect((await download).suggestedFilename()).toBe('renshe.csv')
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'sources-375')
    })
  })
}
