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
      await page.getByRole('button', { name: '登记约定：人社' }).click()
      const dialog = page.getByRole('dialog', { name: '登记约定：人社' })
      await dialog.getByLabel('责任单位').fill('区人社局信息科')
      await dialog.getByLabel('更新频率').click()
      await page.getByTitle('每月', { exact: true }).last().click()
      await dialog.getByRole('button', { name: '保存' }).click()
      await dialog.getByText('请写明这些内容是怎样确认的').waitFor()
      await dialog.getByLabel('依据说明').fill('2025-05-20 复函')
      expect.soft(await seriousProblems(page), 'terms').toEqual([])
      await picture(page, 'source-terms-1280')
      await dialog.getByRole('button', { name: '保存' }).click()
      await page.getByText('已保存，原来的约定仍可查看').waitFor()
      await page.locator('.source-terms').getByText('区人社局信息科').waitFor()
      await page.getByText('登记历史').click()
      await page.getByText('2025-05-20 复函').waitFor()
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'sources-375')
    })
  })
}
