import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';

/** Catches a page that breaks while drawing: says so, and offers the way that helps (what was written is in the local copy). */
export class Trap extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <main className="card plain" role="alert">
      <h1>{t('broken.heading')}</h1>
      <p>{t('broken.hint')}</p>
      <div className="acts">
        <Button onClick={() => location.reload()}>{t('common.reload')}</Button>
      </div>
    </main>
  );
}
