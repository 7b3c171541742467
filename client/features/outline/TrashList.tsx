import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { LateText, Outline, RemovedNode } from '../../../shared/outline/outline.ts';
import { trashOf } from '../../../shared/outline/tree.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { type Figures, headingName } from './model.ts';

interface TrashListProps {
  readonly outline: Outline;
  readonly figures: Figures;
  readonly mayChange: boolean;
  readonly nameOf: (member: string) => string;
  readonly onRestore: (node: NodeId) => void;
}

/** What was taken out, newest first: who did it, what is in it, and who wrote into it since. All of it comes back with it. */
export function TrashList({ outline, figures, mayChange, nameOf, onRestore }: TrashListProps) {
  const { t } = useTranslation();
  const bundles = trashOf(outline).toReversed();
  if (bundles.length === 0) return null;
  const late = bundles.filter((bundle) => bundle.some((node) => node.late.length > 0)).length;
  return (
    <details className="trash">
      <summary>
        {t('outline.removedHeading', { count: bundles.length })}
        {late === 0 ? null : <span className="trash-late">{t('outline.lateCount', { count: late })}</span>}
      </summary>
      <ul>
        {bundles.map((bundle) => (
          <TrashItem key={bundle[0].id} bundle={bundle} {...{ figures, mayChange, nameOf, onRestore }} />
        ))}
      </ul>
    </details>
  );
}

interface TrashItemProps extends Omit<TrashListProps, 'outline'> {
  readonly bundle: readonly [RemovedNode, ...RemovedNode[]];
}

function TrashItem({ bundle, figures, mayChange, nameOf, onRestore }: TrashItemProps) {
  const { t } = useTranslation();
  const [node, ...inside] = bundle;
  const name = node.kind === 'passage' ? t('outline.passage') : headingName(node);
  const characters = bundle.reduce((sum, { id }) => sum + (figures[id]?.characters ?? 0), 0);
  const writers = latestOf(bundle);
  const who = writers.map(({ by, at }) => t('outline.lateWho', { name: nameOf(by), when: sayMoment(at) })).join(t('common.join'));
  return (
    <li>
      <span className="row">
        <span className="grow cut2" lang="zh-CN" title={name}>
          {name}
        </span>
        <Button
          size="sm"
          look="quiet"
          aria-label={`${t('outline.restore')} ${name}`}
          reason={mayChange ? null : t('outline.readOnly')}
          onClick={() => onRestore(node.id)}
        >
          {t('outline.restore')}
        </Button>
      </span>
      <span className="cap">
        {[
          t('outline.characters', { count: characters }),
          inside.length === 0 ? '' : t('outline.removedWith', { count: inside.length }),
          t('outline.removedBy', { name: nameOf(node.removed.by), when: sayMoment(node.removed.at) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {writers.length === 0 ? null : (
        <span className="trash-late">
          {t('outline.lateText', { who })} {t('outline.lateKept')}
        </span>
      )}
    </li>
  );
}

/** Each writer once, with their last change, the newest first. */
function latestOf(bundle: readonly RemovedNode[]): readonly LateText[] {
  const last = new Map<string, LateText>();
  for (const late of bundle.flatMap((node) => node.late)) if ((last.get(late.by)?.seq ?? 0) < late.seq) last.set(late.by, late);
  return [...last.values()].sort((one, other) => other.seq - one.seq);
}
