import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import type { Line } from './use-line.ts';

/** Both values side by side, and the choice between them; or why mine was not taken, with the way to try again. */
export function LineTroubleCard({ line }: { readonly line: Line }) {
  const { t } = useTranslation();
  const { trouble } = line;
  if (trouble === null) return null;
  return (
    <div className="card clash" role="alert">
      {trouble.kind === 'clash' ? (
        <>
          <p id={line.saidId}>{t('heading.clash')}</p>
          <dl>
            <dt>{t('heading.theirs')}</dt>
            <dd lang="zh-CN">{trouble.is}</dd>
            <dt>{t('heading.mine')}</dt>
            <dd lang="zh-CN">{trouble.mine}</dd>
          </dl>
        </>
      ) : (
        <>
          <p id={line.saidId} className="complaint">
            {trouble.words}
          </p>
          <dl>
            <dt>{t('heading.mine')}</dt>
            <dd lang="zh-CN">{trouble.mine}</dd>
          </dl>
        </>
      )}
      <div className="row">
        <Button size="sm" onClick={line.keepTheirs}>
          {t('heading.useTheirs')}
        </Button>
        <Button size="sm" busy={line.sending} onClick={line.useMine}>
          {trouble.kind === 'clash' ? t('heading.useMine') : t('common.retry')}
        </Button>
      </div>
    </div>
  );
}
