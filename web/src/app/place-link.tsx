import {
  AlertOutlined,
  AuditOutlined,
  BlockOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  ClockCircleOutlined,
  ColumnHeightOutlined,
  CommentOutlined,
  DatabaseOutlined,
  DownloadOutlined,
  EditOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  FormOutlined,
  HomeOutlined,
  HourglassOutlined,
  IdcardOutlined,
  ImportOutlined,
  KeyOutlined,
  NodeIndexOutlined,
  QuestionCircleOutlined,
  RadarChartOutlined,
  ReadOutlined,
  RollbackOutlined,
  ShopOutlined,
  SwapOutlined,
  SyncOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from './places.ts'
import './rail.css'

const ICONS: Record<Place, ComponentType> = {
  today: CarryOutOutlined,
  leads: NodeIndexOutlined,
  warnings: WarningOutlined,
  clocks: ClockCircleOutlined,
  reliefs: ThunderboltOutlined,
  cases: FolderOpenOutlined,
  assessments: RadarChartOutlined,
  households: HomeOutlined,
  questions: QuestionCircleOutlined,
  borderline: ColumnHeightOutlined,
  duplicates: BlockOutlined,
  'change-requests': FormOutlined,
  policies: ReadOutlined,
  drafts: EditOutlined,
  feedback: CommentOutlined,
  lab: ExperimentOutlined,
  runs: SyncOutlined,
  'glass-breaks': KeyOutlined,
  deliveries: ImportOutlined,
  sources: DatabaseOutlined,
  corrections: RollbackOutlined,
  sharing: SwapOutlined,
  workdays: CalendarOutlined,
  advisors: IdcardOutlined,
  stations: ShopOutlined,
  notices: FileTextOutlined,
  exports: DownloadOutlined,
  retention: HourglassOutlined,
  accounts: TeamOutlined,
  alerts: AlertOutlined,
  audit: AuditOutlined,
}

/** One place of the console, in the rail and in the bottom bar alike. */
export function PlaceLink({ place, bare = false }: { place: Place; bare?: boolean }) {
  const { t } = useTranslation('app')
  const Icon = ICONS[place]
  const name = t(`nav.${place}`)
  return (
    <Link
      to={`/${place}`}
      className="place-link"
      activeProps={{ className: 'place-link place-link-here', 'aria-current': 'page' }}
      title={bare ? name : undefined}
    >
      <Icon />
      <span className={bare ? 'visually-hidden' : undefined}>{name}</span>
    </Link>
  )
}
