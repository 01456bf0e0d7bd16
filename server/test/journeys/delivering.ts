import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { checkCharacter } from '../../src/features/households/id-number.ts'
import { ask, type RunningQiao } from '../running-qiao.ts'

/** A data steward at work, with the steps of a delivery as a test needs them. */
export type Steward = ReturnType<typeof makeSteward>

type Line = Parameters<typeof ask>[1]
const atWork = ['receiving', 'checking', 'applying', 'undoing']

/** The ID number of the person with this id, born 1950-01-01. */
export const numberOf = (id: number) => {
  const first17 = `31011819500101${String(id).padStart(3, '0')}`
  return first17 + checkCharacter(first17)
}

export function makeSteward(running: RunningQiao, token: string) {
  const call = (line: Line, body?: unknown) =>
    ask(running.http, line, { token, ...(body === undefined ? {} : { body }) })
  const send = async (line: Line, body?: unknown) => {
    const answer = await call(line, body)
    if (answer.status !== 200) throw new Error(`${line}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const rows = async (text: string) => (await running.db.owner.pool.query(text)).rows
  const piece = (id: number, number: number, bytes: Buffer) =>
    call(`PUT /api/deliveries/${id}/pieces/${number}`, { base64: bytes.toString('base64') })
  const settled = async (id: number) => {
    for (;;) {
      const delivery = await send(`GET /api/deliveries/${id}`)
      if (!atWork.includes(delivery.state)) return delivery
      await wait(50)
    }
  }
  const handIn = async (
    file: string | Buffer,
    about: Readonly<{ source?: string; onDay?: string; roll?: object }> = {},
  ) => {
    const bytes = Buffer.from(file)
    const { source = 'renshe', onDay = '2025-05-20', roll } = about
    const begun = await send('POST /api/deliveries', {
      source,
      fileName: '报送.csv',
      bytes: bytes.length,
      onDay,
      ...(roll ? { roll } : {}),
    })
    for (let at = 0; at * begun.pieceBytes < bytes.length; at++) {
      const part = bytes.subarray(at * begun.pieceBytes, (at + 1) * begun.pieceBytes)
      expect((await piece(begun.id, at, part)).status).toBe(200)
    }
    await send(`POST /api/deliveries/${begun.id}/received`, {})
    await settled(begun.id)
    return begun.id as number
  }
  const checked = async (id: number, mapping?: Record<string, string>) => {
    const { reading } = await send(`GET /api/deliveries/${id}`)
    await send(`POST /api/deliveries/${id}/check`, { mapping: mapping ?? reading.proposed })
    return settled(id)
  }
  const step = async (id: number, body: object) => {
    await send(`POST /api/deliveries/${id}/steps`, body)
    return settled(id)
  }
  const applied = async (id: number) => {
    const { ending } = await checked(id)
    return step(id, { step: 'apply', ...(ending === null ? {} : { ending }) })
  }
  const rowsOf = async (id: number, outcome = 'held') =>
    (await send(`GET /api/deliveries/${id}/rows?outcome=${outcome}`)).items
  return {
    running,
    token,
    call,
    send,
    rows,
    piece,
    settled,
    handIn,
    checked,
    step,
    applied,
    rowsOf,
  }
}

/** The same of a steward who is there only once tests run. */
export function late(steward: () => Steward) {
  const call: Steward['call'] = (...asked) => steward().call(...asked)
  const send: Steward['send'] = (...asked) => steward().send(...asked)
  const rows: Steward['rows'] = (text) => steward().rows(text)
  const piece: Steward['piece'] = (...told) => steward().piece(...told)
  const settled: Steward['settled'] = (id) => steward().settled(id)
  const handIn: Steward['handIn'] = (...told) => steward().handIn(...told)
  const checked: Steward['checked'] = (...told) => steward().checked(...told)
  const step: Steward['step'] = (...told) => steward().step(...told)
  const applied: Steward['applied'] = (id) => steward().applied(id)
  const rowsOf: Steward['rowsOf'] = (...asked) => steward().rowsOf(...asked)
  return { call, send, rows, piece, settled, handIn, checked, step, applied, rowsOf }
}
