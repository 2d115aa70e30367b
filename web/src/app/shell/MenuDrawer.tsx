import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Brand } from './Brand';
import { NavEntries } from './SideNav';

/** The navigation of narrow screens. */
export default function MenuDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} placement="left" width={272} title={<Brand />}>
      <nav aria-label={t('nav.label')}><NavEntries onPick={onClose} /></nav>
    </Drawer>
  );
}
