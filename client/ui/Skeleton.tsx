import { useTranslation } from 'react-i18next';

const WIDTHS = ['96%', '100%', '92%', '70%'] as const;

/** Grey lines where words will stand. */
export function Skeleton({ lines = 4, height }: { readonly lines?: number; readonly height?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skels" role="status" aria-label={t('common.loading')} style={height === undefined ? undefined : { height }}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to be told apart by
        <div key={line} className="skel" style={{ width: WIDTHS[line % WIDTHS.length] }} />
      ))}
    </div>
  );
}
