import { dayFromText, type Pack, type Parameter, parametersOn, textFromDay } from '@qiao/rules'
import { sql } from 'kysely'
import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import {
  lockPublishing,
  nextVersion,
  packCases,
  packFiles,
  packsFrom,
  publish,
  publishedPack,
  type PublishedPack,
} from './load.ts'
import { asWritten, type PackFiles, packOf } from './pack-files.ts'
import { policyProblems } from './problems.ts'

/** A figure as its document prints it: yuan or a plain number. */
export type Figure = Readonly<{
  from: string
  /** The last day, where the document gives one, as for a figure of one month. */
  to?: string | undefined
  value: number
  document: string
  source: string
}>

/**
 * Enters the figure a parameter lacks: the pack with it is published and every household is matched
 * again. What was in force before stays in the database; a pack published for later gets it, too.
 *
 * @param today the day whose pack is in force
 * @throws Problem `no-such-parameter`; `figure-refused` with what is wrong
 */
export async function enterFigure(
  tx: Tx,
  jobs: Jobs,
  id: string,
  figure: Figure,
  today: string,
): Promise<Pack> {
  await lockPublishing(tx)
  const [current, ...later] = await packsFrom(tx, today)
  if (!current) throw new Error('no policy pack is published')
  refuseWrong(parameterOf(await publishedPack(tx, current.hash), id), figure)
  await sql`insert into app.parameter_entry (parameter, from_day, to_day, value, document, source)
    values (${id}, ${figure.from}, ${figure.to ?? null}, ${figure.value}, ${figure.document},
      ${figure.source})`.execute(tx)
  const pack = await publishWith(tx, current, id, figure)
  for (const one of later) await publishWith(tx, one, id, figure)
  await audit(tx, {
    action: 'policy.figure-entered',
    subject: `parameter:${id}`,
    detail: { ...figure, version: pack.version },
  })
  await jobs.enqueue(tx, 'policies.published', { hash: pack.hash }, { singletonKey: 'published' })
  return pack
}

function parameterOf({ parameters }: Pack, id: string): Parameter {
  const parameter = parameters.find((one) => one.id === id)
  if (!parameter) throw problem(policyProblems, 'no-such-parameter')
  return parameter
}

/** Publishes a pack once more, with the figure. */
async function publishWith(
  tx: Tx,
  { hash, from, release }: PublishedPack,
  id: string,
  figure: Figure,
): Promise<Pack> {
  const before = await publishedPack(tx, hash)
  const parameter = parameterOf(before, id)
  refuseWrong(parameter, figure)
  const version = await nextVersion(tx, before.version)
  const files = withFigure(await packFiles(tx, hash), parameter, figure, version)
  const pack = packOf(files)
  if ('problems' in pack) {
    const detail = pack.problems.map(({ message }) => message).join('；')
    throw problem(policyProblems, 'figure-refused', `${detail}。`, [
      { path: '/body', message: detail },
    ])
  }
  await publish(tx, pack, files, { from, release, cases: await packCases(tx, hash) })
  return pack
}

function refuse(path: string, message: string): never {
  throw problem(policyProblems, 'figure-refused', `${message}。`, [{ path, message }])
}

function refuseWrong(parameter: Parameter, { from, to, value }: Figure): void {
  if (dayFromText(from) === null) refuse('/body/from', '没有这一天')
  refuseWrongEnd(parameter, from, to)
  const cents = value * 100
  if (parameter.type === 'money' && Math.abs(cents - Math.round(cents)) > 1e-6) {
    refuse('/body/value', '金额最多两位小数')
  }
  if (parameter.type === 'integer' && !Number.isInteger(value)) refuse('/body/value', '须为整数')
  const [low, high] = parameter.range
  if (low !== null && value < Number(low)) refuse('/body/value', `不能小于 ${low}`)
  if (high !== null && value > Number(high)) refuse('/body/value', `不能大于 ${high}`)
  const same = parameter.rows.find((row) => row.from === from)
  if (same) refuse('/body/from', `${from} 起的标准已有：${same.value}`)
  // A figure that stands is changed by a draft that somebody else approves.
  if (parametersOn([parameter], from)[0]?.state === 'known')
    refuse('/body/from', `${from} 已有标准在执行，修改请走政策草稿审核`)
}

/** No figure ends before it begins, nor on a day for which another one stands. */
function refuseWrongEnd({ rows }: Parameter, from: string, to: string | undefined): void {
  const before = rows.findLast((row) => row.from < from)
  if (before?.to !== undefined && before.to >= from) {
    refuse('/body/from', `${before.from} 至 ${before.to} 已有标准：${before.value}`)
  }
  if (to === undefined) return
  if (dayFromText(to) === null) refuse('/body/to', '没有这一天')
  if (to < from) refuse('/body/to', '止日不能早于起始日')
  const next = rows.find((row) => row.from > from)
  if (next && next.from <= to) refuse('/body/to', `${next.from} 起已有标准：${next.value}`)
}

/** The files with one row more, in its place by day, and the version counted up: 2026.11.0+1. */
function withFigure(
  files: PackFiles,
  parameter: Parameter,
  figure: Figure,
  version: string,
): PackFiles {
  const path =
    Object.keys(files).find((name) => name.endsWith(`/${parameter.programme}.yaml`)) ?? ''
  const document = parseDocument(files[path] ?? '')
  const parameters = document.get('parameters')
  const at = isSeq(parameters)
    ? parameters.items.findIndex((item) => isMap(item) && item.get('id') === parameter.id)
    : -1
  const rows = document.getIn(['parameters', at, 'rows'])
  const place = parameter.rows.filter((row) => row.from < figure.from).length
  const row = document.createNode({
    from: figure.from,
    ...(figure.to === undefined ? {} : { to: figure.to }),
    value: figure.value,
    document: figure.document,
    note: `录入，来源：${figure.source}`,
  })
  row.flow = true
  if (isSeq(rows)) {
    endBefore(rows.items[place - 1], parameter.rows[place - 1], figure.from)
    rows.items.splice(place, 0, row)
  } else document.setIn(['parameters', at, 'rows'], [row])
  settlePending(document, at, parameter, figure)
  const head = parseDocument(files['pack.yaml'] ?? '')
  head.set('version', version)
  return { ...files, [path]: document.toString(asWritten), 'pack.yaml': head.toString(asWritten) }
}

/** What was awaited for its day no longer is; behind its last day it still is. */
function settlePending(document: Document, at: number, parameter: Parameter, figure: Figure): void {
  const pending = document.getIn(['parameters', at, 'pending'])
  if (!isSeq(pending)) return
  const place = pending.items.findIndex(
    (item) => isMap(item) && String(item.get('from')) === figure.from,
  )
  const awaited = pending.items[place]
  if (!isMap(awaited)) return
  const after = figure.to === undefined ? null : dayAfter(figure.to)
  const taken = [...parameter.rows, ...parameter.pending].some(({ from }) => from === after)
  if (after !== null && !taken) awaited.set('from', after)
  else pending.items.splice(place, 1)
  if (pending.items.length === 0) document.deleteIn(['parameters', at, 'pending'])
}

function dayAfter(day: string): string {
  return textFromDay((dayFromText(day) ?? 0) + 1)
}

/** The figure before holds no longer than it was known to: what lies between the two stays open. */
function endBefore(item: unknown, row: Parameter['rows'][number] | undefined, from: string): void {
  const until = row?.knownUntil ?? null
  if (!isMap(item) || until === null || dayFromText(until) === null) return
  if ((dayFromText(until) ?? 0) + 1 < (dayFromText(from) ?? 0)) item.set('to', until)
}
