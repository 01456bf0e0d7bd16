import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** The first household of the caller's own area, by id and number. */
interface Met {
  id: number
  registerNo: string
}

/** 限制查阅: a household is absent for all but those named; in an emergency it opens for half an hour. */
export function restricted(hosting: () => Hosting): void {
  describe('a restricted household', () => {
    let met: Met

    test('is restricted by an official of its area, who stays the one who answers for it', async () => {
      const advisor = await hosting().arrive({ username: 'guwen' })
      const list = await advisor.context.request.get(`${advisor.url}/api/households?size=1`)
      met = ((await list.json()) as { items: Met[] }).items[0] ?? { id: 0, registerNo: '' }
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/households/${met.id}?tab=consents`)
      await page.getByRole('button', { name: '设定限制' }).click()
      await page.getByLabel('具体情况').fill('受暴妇女，住址须保密')
      expect(await seriousProblems(page)).toEqual([])
      await page.getByRole('button', { name: '设定限制' }).click()
      await page.getByText('这户家庭限制查阅，只有指定人员看得到。').waitFor()
      await page.locator('.chip').getByText('家庭暴力').waitFor()
      await picture(page, 'restricted-1280')
    })

    test('is absent for its advisor, who may open it for half an hour and says why', async () => {
      const { page, url } = await hosting().arrive({ username: 'guwen' })
      await page.goto(`${url}/households/${met.id}`)
      await page.getByText('没有找到，或不在您的范围内。').waitFor()
      await page.goto(`${url}/glass-breaks`)
      await page.getByLabel('户号或身份证号').fill(met.registerNo)
      await page.getByLabel('紧急情况').fill('电话里听到呼救')
      await page.getByRole('button', { name: '打开 30 分钟' }).click()
      await page.getByText('请写明紧急情况，至少 10 个字').waitFor()
      await page.getByLabel('紧急情况').fill('孩子在家里受伤，须马上联系家属')
      await page.getByRole('button', { name: '打开 30 分钟' }).click()
      await page.getByText(/^紧急查阅中，/).waitFor()
      expect(new URL(page.url()).pathname).toBe(`/households/${met.id}`)
    })

    test('has each emergency look reviewed by who answers for it, at once', async () => {
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/glass-breaks`)
      await page.getByText('有 1 次待您复核').waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await picture(page, 'emergency-looks-1280')
      await page.getByLabel('复核意见').fill('情况属实，已联系公安')
      await page.getByRole('button', { name: '理由成立', exact: true }).click()
      await page.getByText(/复核：理由成立。情况属实/).waitFor()
    })

    test('fits a phone, and is everybody’s again once the restriction is lifted', async () => {
      const phone = await hosting().arrive({ username: 'guwen', viewport: PHONE })
      await phone.page.goto(`${phone.url}/glass-breaks`)
      await phone.page.getByText('已复核').waitFor()
      expect(await sidewaysScroll(phone.page)).toBe(0)
      await picture(phone.page, 'emergency-looks-375')
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/households/${met.id}?tab=consents`)
      await page.getByLabel('为什么解除').fill('已迁往安全住处')
      await page.getByRole('button', { name: '解除限制' }).click()
      await page.getByText('没有限制，辖区内负责救助的人员都可以查阅。').waitFor()
    })
  })
}
