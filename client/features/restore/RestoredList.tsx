import { useTranslation } from 'react-i18next';
import type { RestoredSegment, RestorePreview } from '../../../shared/api/restore.ts';

/** Text around a change that is shown of what stays, in characters. */
const AROUND = 24;

/** The paragraphs that a restore would change: what goes is struck, what comes is underlined, and both are said in words. */
export function RestoredList({ preview }: { readonly preview: RestorePreview }) {
  const { t } = useTranslation();
  return (
    <ol className="restore-list" lang="zh-CN" aria-label={t('restore.list')}>
      {preview.paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made once and never reordered
        <li key={index} className={`restore-${paragraph.op}`}>
          <span className="chip">{t(`restore.op.${paragraph.op}`)}</span>
          <Segments segments={paragraph.segments} />
        </li>
      ))}
      {preview.more === 0 ? null : <li className="cap">{t('restore.more', { count: preview.more })}</li>}
    </ol>
  );
}

function Segments({ segments }: { readonly segments: readonly RestoredSegment[] }) {
  const { t } = useTranslation();
  if (segments.length === 0) return <span className="cap">{t('restore.look')}</span>;
  return (
    <span>
      {segments.map((segment, index) => {
        const text = segment.op === 'keep' ? shortened(segment.text, index === 0, index === segments.length - 1) : segment.text;
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        if (segment.op === 'keep') return <span key={index}>{text}</span>;
        const Mark = segment.op === 'ins' ? 'ins' : 'del';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Mark key={index}>
            <span className="unseen">{t(segment.op === 'ins' ? 'restore.comes' : 'restore.goes')}</span>
            {text}
          </Mark>
        );
      })}
    </span>
  );
}

function shortened(text: string, first: boolean, last: boolean): string {
  const letters = [...text];
  if (letters.length <= AROUND * 2) return text;
  const head = first ? '' : letters.slice(0, AROUND).join('');
  const tail = last ? '' : letters.slice(-AROUND).join('');
  return `${head}…${tail}`;
}
