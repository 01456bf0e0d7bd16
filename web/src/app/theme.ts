import { type ThemeConfig, theme } from 'antd'
import type { Appearance } from './appearance.ts'

const FONT =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', system-ui, sans-serif"

/** Colours of tokens.css, by appearance: antd computes with them, so it needs them as values. */
const COLOURS = {
  light: {
    ink: '#1f2a30',
    muted: '#5b6b73',
    line: '#dfe5e7',
    lineStrong: '#c5ced2',
    paper: '#f6f7f5',
    card: '#ffffff',
    bridge: '#0b6b63',
    bridgeInk: '#ffffff',
    bridgeSoft: '#e3f1ee',
    amber: '#8a5a00',
    amberSoft: '#fff4dc',
    green: '#1e6b3a',
  },
  dark: {
    ink: '#e6ecee',
    muted: '#a4b3ba',
    line: '#313e45',
    lineStrong: '#47575f',
    paper: '#13181b',
    card: '#1a2125',
    bridge: '#5cc7bb',
    bridgeInk: '#08201d',
    bridgeSoft: '#17332f',
    amber: '#f0c36b',
    amberSoft: '#372b12',
    green: '#82d49d',
  },
} as const

/**
 * Ant Design in the colours of the bridge. Red is kept for danger: a field in error is amber.
 *
 * @param still whether the reader asked their machine for less motion
 */
export function consoleTheme(appearance: Appearance, still: boolean): ThemeConfig {
  const colour = COLOURS[appearance]
  return {
    // The rules are in antd.css, which main.tsx loads: made anew in the browser, they were a fourth of opening a
    // page. What they read are the variables of this key, which no rule of that file sets itself.
    zeroRuntime: true,
    cssVar: { key: 'qiao' },
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colour.bridge,
      colorInfo: colour.bridge,
      colorLink: colour.bridge,
      colorSuccess: colour.green,
      colorWarning: colour.amber,
      colorWarningBg: colour.amberSoft,
      colorError: colour.amber,
      colorText: colour.ink,
      colorTextSecondary: colour.muted,
      colorTextTertiary: colour.muted,
      colorTextQuaternary: colour.muted,
      colorTextDescription: colour.muted,
      colorTextPlaceholder: colour.muted,
      colorTextLightSolid: colour.bridgeInk,
      colorBorder: colour.lineStrong,
      colorBorderSecondary: colour.line,
      colorSplit: colour.line,
      colorBgLayout: colour.paper,
      colorBgContainer: colour.card,
      colorBgElevated: colour.card,
      controlItemBgActive: colour.bridgeSoft,
      fontFamily: FONT,
      fontSize: 14,
      fontWeightStrong: 600,
      borderRadius: 8,
      borderRadiusSM: 6,
      controlHeight: 36,
      boxShadow: '0 10px 32px rgb(31 42 48 / 14%)',
      boxShadowSecondary: '0 10px 32px rgb(31 42 48 / 14%)',
      wireframe: false,
      motion: !still,
    },
    components: {
      Button: {
        primaryColor: colour.bridgeInk,
        primaryShadow: 'none',
        defaultShadow: 'none',
        fontWeight: 600,
      },
      Tabs: { titleFontSize: 15, horizontalMargin: '0 0 16px' },
      Tooltip: { colorBgSpotlight: '#2b373d', colorTextLightSolid: '#ffffff' },
      Drawer: { paddingLG: 20 },
      Form: { verticalLabelPadding: '0 0 4px' },
    },
  }
}
