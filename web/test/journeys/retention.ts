import { describe, expect, test } from 'vitest'
import { DESK, type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** 保存期限与销毁: a term is confirmed, a household held, a person erased by two, and only a stub remains. */
export function retention(hosting: () => Hosting): void {
  describe('what is kept', () => {
    test('has terms, a dry run, holds, and an erasure by two that leaves a stub', {
      timeout: 120_000,
    }, async () => {
      const name = '卫销明'
      const registerNo = await enter(name)
      const { page, url } = await hosting().arrive({ username: 'qu' })
      await page.setViewportSize(DESK)
      await page.goto(`${url}/retention`)
      await page.locator('.retention-card').first().waitFor()
      expect.soft(await seriousProblems(page), 'terms').toEqual([])
      await page.getByRole('button', { name: '登记期限：救助审核确认档案' }).click()
      const term = page.getByRole('dialog', { name: '登记期限：救助审核确认档案' })
      await term.getByLabel('年', { exact: true }).fill('2')
      await term.getByLabel('确认经过').fill('2025-05-20 区局办公会')
      await term.getByRole('button', { name: '保存' }).click()
      await term.getByText('不短于法定最短保存期').waitFor()
      await term.getByLabel('年', { exact: true }).fill('3')
      expect.soft(await seriousProblems(page), 'term').toEqual([])
      await picture(page, 'retention-term-1280')
      await term.getByRole('button', { name: '保存' }).click()
      await page.getByText('已保存，原来的期限仍可查看').waitFor()
      await term.waitFor({ state: 'detached' })
      await picture(page, 'retention-1280')

      await page.getByRole('tab', { name: '试运行' }).click()
      await page.locator('.retention-table').waitFor({ timeout: 60_000 })
      expect(page.url()).toContain('tab=dry-run')
      expect.soft(await seriousProblems(page), 'dry run').toEqual([])
      await picture(page, 'retention-dry-run-1280')
      const download = page.waitForEvent('download')
      await page.getByRole('main').getByRole('link', { name: '导出' }).click()
      expect((await download).suggestedFilename()).toBe('retention-2025-06-01.csv')
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'retention-dry-run-375')
      await page.setViewportSize(DESK)

      await page.getByRole('tab', { name: '保全' }).click()
      await page.getByRole('button', { name: '登记保全' }).click()
      const hold = page.getByRole('dialog', { name: '登记保全' })
      await hold.getByLabel('家庭').fill(registerNo)
      await page.getByTitle(registerNo).last().click()
      await hold.getByLabel('说明').fill('家属已申请行政复议')
      await hold.getByRole('button', { name: /登\s*记/ }).click()
      await page.getByText('已登记保全').waitFor()
      await hold.waitFor({ state: 'detached' })
      expect.soft(await seriousProblems(page), 'holds').toEqual([])

      const ask = async () => {
        await page.getByRole('tab', { name: '销毁', exact: true }).click()
        await page.getByRole('button', { name: '申请销毁一人的记录' }).click()
        const person = page.getByRole('dialog', { name: '申请销毁一人的记录' })
        await person.getByLabel('家庭').fill(registerNo)
        await page.getByTitle(registerNo).last().click()
        await person.getByLabel('销毁谁的记录').click()
        await page.getByTitle(name).last().click()
        await person.getByLabel('依据').fill('2025-05-30 本人书面申请')
        await person.getByRole('button', { name: /发\s*起/ }).click()
        return person
      }
      const refused = await ask()
      await refused.getByText('该户正在保全').waitFor()
      expect.soft(await seriousProblems(page), 'refused').toEqual([])
      await picture(page, 'retention-refused-1280')
      await refused.getByRole('button', { name: /取\s*消/ }).click()
      await page.getByRole('tab', { name: '保全' }).click()
      await page.getByRole('button', { name: `解除保全：${registerNo}` }).click()
      const lift = page.getByRole('dialog', { name: `解除保全：${registerNo}` })
      await lift.getByLabel('说明').fill('行政复议已经终结')
      await lift.getByRole('button', { name: /解\s*除/ }).click()
      await page.getByText('已解除保全').waitFor()
      await lift.waitFor({ state: 'detached' })
      await picture(page, 'retention-holds-1280')
      await (await ask()).waitFor({ state: 'detached' })
      await page.getByText('发起人不能自己复核').waitFor()

      const checker = (await hosting().arrive({ username: 'qicao' })).page
      await checker.setViewportSize(DESK)
      await checker.goto(`${url}/retention?tab=erasures`)
      await checker.getByRole('button', { name: '复核并执行' }).click()
      await picture(checker, 'retention-erasures-1280')
      await checker.getByRole('tooltip').getByRole('button', { name: '复核并执行' }).click()
      await checker.getByText('已完成').waitFor({ timeout: 30_000 })
      expect.soft(await seriousProblems(checker), 'erasures').toEqual([])
      await checker.getByRole('tab', { name: '存根' }).click()
      await checker.getByText('2025-05-30 本人书面申请').first().waitFor()
      expect(await checker.locator('main').innerText()).not.toContain(name)
      expect.soft(await seriousProblems(checker), 'stubs').toEqual([])
      await picture(checker, 'retention-stubs-1280')
      for (const tab of ['terms', 'erasures', 'stubs']) {
        await checker.setViewportSize(PHONE)
        await checker.goto(`${url}/retention?tab=${tab}`)
        await checker.locator('.retention-card, .retention-table').first().waitFor()
        expect(await sidewaysScroll(checker), tab).toBe(0)
        await picture(checker, `retention-${tab}-375`)
      }
      await checker.setViewportSize(DESK)
    })
  })

  /** Somebody of whom nothing is known yet, so that nothing stands in the way. */
  async function enter(name: string): Promise<string> {
    const { context, url } = await hosting().arrive({ role: '街镇' })
    const session = (await (await context.request.get(`${url}/api/session`)).json()) as {
      csrf: string
    }
    const post = async <T>(path: string, data: object) => {
      const headers = { 'x-qiao-csrf': session.csrf }
      const answer = await context.request.post(`${url}/api${path}`, { data, headers })
      expect(answer.status(), await answer.text()).toBe(200)
      return (await answer.json()) as T
    }
    const areas = (await (await context.request.get(`${url}/api/areas`)).json()) as {
      areas: { id: string; level: string }[]
    }
    const area = areas.areas.find(
      ({ id, level }) => level === 'committee' && id.startsWith('310118001'),
    )
    const { id: searchId } = await post<{ id: string }>('/households/search', { name })
    const head = { name, noNumberBecause: 'lost', searchId }
    const made = await post<{ id: number }>('/households', {
      area: area?.id,
      address: '青湖路8弄9号',
      head,
    })
    const household = await (await context.request.get(`${url}/api/households/${made.id}`)).json()
    return (household as { registerNo: string }).registerNo
  }
}
