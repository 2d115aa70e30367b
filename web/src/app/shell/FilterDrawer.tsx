import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { FilterForm } from './FilterForm';

/** Loaded when it is first opened: most visits look at figures without changing the question. */
export default function FilterDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={open} onClose={onClose} title={t('filter.title')} width={360} destroyOnHidden
      footer={<Button type="primary" block onClick={onClose}>{t('filter.done')}</Button>}
    >
      <FilterForm />
    </Drawer>
  );
}
