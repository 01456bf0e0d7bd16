/** The sign of Qiao: one arch over still water. */
export function BridgeMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--bridge)" />
      <g fill="none" stroke="var(--bridge-ink)" strokeWidth="2" strokeLinecap="round">
        <path d="M4 18.500c3.600-5.700 7.600-8.500 12-8.500s8.400 2.800 12 8.500" />
        <path d="M10.500 20.500a5.500 5.500 0 0 1 11 0" />
        <path d="M4 24h24" />
      </g>
    </svg>
  )
}
