import type { ThemeConfig } from 'antd';
import { palette } from '@/shared/view/palette';

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.pine,
    colorInfo: palette.pine,
    colorLink: palette.pine,
    colorError: palette.persimmon,
    colorWarning: palette.ochre,
    colorText: palette.ink,
    colorTextSecondary: palette.muted,
    colorBgLayout: palette.paper,
    colorBgContainer: palette.card,
    colorBorder: '#d9cebb',
    colorBorderSecondary: palette.line,
    borderRadius: 10,
    fontFamily,
    fontSize: 14,
    controlHeight: 34,
    boxShadowSecondary: '0 12px 32px rgba(66, 50, 30, 0.14)',
  },
  components: {
    Segmented: { trackBg: '#efe8da', itemSelectedBg: palette.card, borderRadius: 9 },
    Table: { headerBg: '#f4eee2' },
  },
};
