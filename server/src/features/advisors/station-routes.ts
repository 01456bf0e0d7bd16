import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { pdfAnswer, sendPdf } from './document.ts'
import { advisorProblems } from './problems.ts'
import { stationSign } from './prints.ts'
import { readStations, type Station, stateStation } from './station-queries.ts'
import { type StationContent, stationFaults, stationState } from './station.ts'
import { AreaId, StationForm, StationsView, StationView } from './station-views.ts'

type Parts = Readonly<{ clock: Clock }>
const params = Type.Object({ stationId: Type.Integer({ minimum: 1 }) })
const response = { 200: StationView }

/** Where advisors meet people: read like the map, looked after by officials of the area. */
export function stationRoutes(app: App, parts: Parts): void {
  listRoute(app, parts)
  writeRoutes(app, parts)
  signRoute(app, parts)
}

function listRoute(app: App, { clock }: Parts): void {
  app.get(
    '/stations',
    {
      schema: {
        operationId: 'listStations',
        tags: ['advisors'],
        summary: 'Stations of an area and inside it: address, hours, from when to when',
        querystring: Type.Object({ area: Type.Optional(AreaId) }, { additionalProperties: false }),
        response: { 200: StationsView },
      },
      config: { may: 'stations.read' },
    },
    async (request) => {
      const { area } = request.query
      const stations = await request.transact((tx) => readStations(tx, { area }, clock.today()))
      const write = request.caller.may.includes('stations.write')
      return { items: stations.map((one) => viewOf(one, clock, write)), may: { write } }
    },
  )
}

function writeRoutes(app: App, parts: Parts): void {
  app.post(
    '/stations',
    {
      schema: {
        operationId: 'openStation',
        tags: ['advisors'],
        summary: 'Record a station',
        body: StationForm,
        response,
      },
      config: { may: 'stations.write' },
    },
    async (request) => state(request, null, request.body, parts),
  )
  app.put(
    '/stations/:stationId',
    {
      schema: {
        operationId: 'stateStation',
        tags: ['advisors'],
        summary: 'State a station otherwise, or close it; what stood before is kept',
        params,
        body: StationForm,
        response,
      },
      config: { may: 'stations.write' },
    },
    async (request) => state(request, request.params.stationId, request.body, parts),
  )
}

function signRoute(app: App, { clock }: Parts): void {
  app.get(
    '/stations/:stationId/sign.pdf',
    {
      schema: {
        operationId: 'getStationSign',
        tags: ['advisors'],
        summary: 'A sign of the station to print, A4',
        params,
        ...pdfAnswer,
      },
      config: { may: 'stations.read' },
    },
    async (request, reply) => {
      const { stationId } = request.params
      const station = await request.transact((tx) => stationCalled(tx, stationId, clock))
      const address = `${request.protocol}://${request.host}/station/${stationId}`
      return sendPdf(reply, await stationSign(station, address))
    },
  )
}

async function state(
  request: FastifyRequest,
  id: number | null,
  { seen, ...content }: Static<typeof StationForm>,
  { clock }: Parts,
): Promise<Static<typeof StationView>> {
  // The database asks the same.
  if (!content.areaId.startsWith(request.caller.areaId))
    throw problem(platformProblems, 'forbidden')
  refuseFaults(content)
  return request.transact((tx) =>
    once(tx, request, async () => {
      if (id !== null && !(await stationCalled(tx, id, clock)).own)
        throw problem(platformProblems, 'forbidden')
      const stands = await stateStation(tx, id, content, seen)
      if (stands === null) throw problem(advisorProblems, 'station-changed')
      await audit(tx, {
        action: id === null ? 'station.opened' : 'station.stated',
        subject: `station:${stands}`,
        areaId: content.areaId,
        requestId: request.id,
      })
      return viewOf(await stationCalled(tx, stands, clock), clock, true)
    }),
  )
}

async function stationCalled(tx: Tx, id: number, clock: Clock): Promise<Station> {
  const [station] = await readStations(tx, { id }, clock.today())
  if (!station) throw problem(platformProblems, 'not-found')
  return station
}

function refuseFaults(content: StationContent): void {
  const errors = stationFaults(content).map(([field, message]) => ({
    path: `/body/${field}`,
    message,
  }))
  if (errors.length > 0) throw problem(advisorProblems, 'station-incomplete', undefined, errors)
}

function viewOf(
  { own, ...station }: Station,
  clock: Clock,
  write: boolean,
): Static<typeof StationView> {
  return {
    ...station,
    state: stationState(station, clock.today()),
    may: { write: write && own },
  }
}
