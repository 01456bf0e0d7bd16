const ARCHES = [
  { x: 96, r: 22 },
  { x: 156, r: 28 },
  { x: 240, r: 42 },
  { x: 324, r: 28 },
  { x: 384, r: 22 },
]

const WATER = 150

function arch({ x, r }: { x: number; r: number }): string {
  return `M${x - r} ${WATER}a${r} ${r} 0 0 1 ${2 * r} 0`
}

function Span() {
  return (
    <>
      <path d="M20 150C96 128 150 84 240 76c90 8 144 52 220 74" />
      <path d="M20 140C96 118 150 74 240 66c90 8 144 52 220 74" opacity="0.55" />
      {ARCHES.map((one) => (
        <path key={one.x} d={arch(one)} />
      ))}
    </>
  )
}

/** The five arches of the Fangsheng Bridge at Zhujiajiao, Qingpu, over their reflection. */
export function BridgePicture({ label }: { label: string }) {
  return (
    <svg className="bridge-picture" viewBox="0 0 480 260" role="img" aria-label={label}>
      <g fill="none" stroke="currentColor" strokeWidth="1.600" strokeLinecap="round">
        <Span />
        <path d="M0 150h480" opacity="0.7" />
        <g transform="translate(0 304) scale(1 -1)" opacity="0.28" strokeDasharray="7 6">
          <Span />
        </g>
        <path d="M40 176h64M196 192h120M356 178h72M120 214h72M300 222h56" opacity="0.35" />
      </g>
    </svg>
  )
}
