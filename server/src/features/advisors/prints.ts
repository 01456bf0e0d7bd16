import type { StationContent } from './station.ts'
import { onePage } from './document.ts'

const bridge = '#0b6b63'
const muted = '#5b6b73'
const line = '#dfe5e7'

/** What is printed on a badge. */
export type Badge = Readonly<{
  name: string
  number: string
  level: string
  station: string | null
  from: string
  to: string
  demonstration: boolean
}>

/** A card of 85.6 × 54 mm (ISO/IEC 7810 ID-1) with a place for a photograph. @param address where the code leads */
export function badgeCard(badge: Badge, address: string): Promise<Buffer> {
  return onePage(`社区救助顾问胸卡 ${badge.number}`, [85.6, 54], ({ text, box, code }) => {
    box({ x: 0, y: 0, width: 85.6, height: 11, colour: bridge })
    text('社区救助顾问', { x: 5, y: 2.6, width: 50, size: 13, colour: '#ffffff' })
    if (badge.demonstration)
      text('演示用', { x: 60, y: 3.4, width: 20, size: 9, colour: '#ffffff', centre: true })
    box({ x: 5, y: 15, width: 19, height: 26, colour: line, line: true })
    text('照片', { x: 5, y: 26, width: 19, size: 7, colour: muted, centre: true })
    text(badge.name, { x: 27, y: 14.5, width: 32, size: 15 })
    text(badge.station ?? '', { x: 27, y: 22, width: 32, size: 7.5 })
    text(badge.level, { x: 27, y: 30, width: 32, size: 7.5 })
    text(`编号 ${badge.number}`, { x: 27, y: 34.5, width: 32, size: 7.5 })
    code(address, { x: 60, y: 16, width: 20.6 })
    text('扫码查验', { x: 60, y: 37.6, width: 20.6, size: 6.5, colour: muted, centre: true })
    box({ x: 5, y: 44.5, width: 75.6, height: 0.2, colour: line })
    text(`有效期 ${badge.from} 至 ${badge.to}`, {
      x: 5,
      y: 46.5,
      width: 75.6,
      size: 7.5,
      colour: muted,
    })
  })
}

/** A sign of a station, A4 upright. The mark that the city designs is put beside it: 青民〔2020〕37号 三(一). */
export function stationSign(
  station: Pick<StationContent, 'name' | 'address' | 'hours' | 'phone'>,
  address: string,
): Promise<Buffer> {
  return onePage(station.name, [210, 297], ({ text, box, code }) => {
    box({ x: 0, y: 0, width: 210, height: 62, colour: bridge })
    text('社区救助顾问服务站点', {
      x: 15,
      y: 16,
      width: 180,
      size: 22,
      colour: '#ffffff',
      centre: true,
    })
    text(station.name, { x: 15, y: 32, width: 180, size: 34, colour: '#ffffff', centre: true })
    const lines = [
      ['地址', station.address],
      ['服务时间', station.hours],
      ...(station.phone ? [['电话', station.phone]] : []),
    ] as const
    for (const [place, [label = '', words = '']] of lines.entries()) {
      const y = 84 + place * 32
      text(label, { x: 25, y, width: 160, size: 14, colour: muted })
      text(words, { x: 25, y: y + 7, width: 160, size: 22 })
    }
    code(address, { x: 77.5, y: 200, width: 55 })
    text('扫码查看服务时间', { x: 15, y: 262, width: 180, size: 14, colour: muted, centre: true })
  })
}
