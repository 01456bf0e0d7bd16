import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { type Area, districtId, readAreas } from './area.ts'
import { districtAreas, loadAreas } from './load.ts'

let running: RunningQiao
beforeAll(async () => {
  running = await runQiao()
})
afterAll(() => running.close())

async function seen(role: TestRole, areaId: string): Promise<Area[]> {
  const { token } = await running.db.sessionFor({ role, areaId })
  const { status, body } = await ask(running.http, 'GET /api/areas', { token })
  expect(status).toBe(200)
  return body.areas
}

describe('the areas as shipped', () => {
  test('are one district, eleven townships and 355 committees, each inside its parent', async () => {
    const areas = await districtAreas()
    const ids = new Set(areas.map(({ id }) => id))
    const count = (level: string) => areas.filter((area) => area.level === level).length
    expect([count('district'), count('township'), count('committee')]).toEqual([1, 11, 355])
    expect(ids.size).toBe(areas.length)
    for (const { id, parentId, name } of areas) {
      expect(name).toMatch(/[一-龥]/)
      if (parentId === null) expect(id).toBe(districtId)
      else expect(ids.has(parentId) && id.startsWith(parentId), id).toBe(true)
    }
  })

  test('come in an order in which every parent stands before its children', async () => {
    const before = new Set<string>()
    for (const { id, parentId } of await districtAreas()) {
      if (parentId !== null) expect(before.has(parentId), id).toBe(true)
      before.add(id)
    }
  })

  test('a code of another length is no area', () => {
    expect(() =>
      readAreas('id,level,name,parent_id,kind\n3101181,township,某镇,310118,镇'),
    ).toThrow('no area code: 3101181')
  })

  test('loaded once more, write nothing; a changed name is corrected', async () => {
    const owner = running.db.owner.pool
    const written = async () =>
      (await owner.query('select id, name, xmin from app.area order by id')).rows
    const before = await written()
    await loadAreas(owner)
    expect(await written()).toEqual(before)
    await owner.query(`update app.area set name = '旧名' where id = '310118001'`)
    await loadAreas(owner)
    const names = (await written()).map(({ id, name }) => [id, name])
    expect(names).toEqual(before.map(({ id, name }) => [id, name]))
  })
})

describe('who sees which areas', () => {
  test('an advisor the own committee, its township and the district', async () => {
    expect((await seen('advisor', '310118001001')).map(({ id }) => id)).toEqual([
      '310118',
      '310118001',
      '310118001001',
    ])
  })

  test('a township everything inside it and the district, nothing of another', async () => {
    const ids = (await seen('township', '310118001')).map(({ id }) => id)
    expect(ids[0]).toBe('310118')
    expect(ids.slice(1).every((id) => id.startsWith('310118001'))).toBe(true)
    const shipped = (await districtAreas()).filter(({ id }) => id.startsWith('310118001'))
    expect(ids.length).toBe(shipped.length + 1)
  })

  test.each(['district', 'system-admin', 'security-admin', 'audit-admin'] as const)(
    '%s the whole map',
    async (role) => {
      const areas = await seen(role, '310118')
      expect(areas).toHaveLength(367)
      expect(areas[0]).toEqual({ id: '310118', name: '青浦区', level: 'district', parentId: null })
    },
  )

  test('nobody without a session any', async () => {
    expect((await ask(running.http, 'GET /api/areas')).body).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    })
  })
})
