import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import { isOverdue } from '../../../shared/blanks/due.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { DismissForm } from './DismissForm.tsx';
import { FillForm } from './FillForm.tsx';
import { todayOf } from './model.ts';
import type { BlankPeople } from './people.ts';
import { sayDue } from './say-due.ts';
import type { Blanks } from './use-blanks.ts';

interface FillCardProps {
  readonly blank: BlankView;
  /** Where the blank is on the page now; null while it cannot be told. */
  readonly rectOf: () => DOMRect | null;
  readonly blanks: Blanks;
  readonly people: BlankPeople;
  readonly onStep: (direction: 1 | -1) => void;
  /** @param toText the caret goes to the blank */
  readonly onClose: (toText: boolean) => void;
}

/** At the blank itself: who is asked for it, and a field to fill it in. Esc goes back to the text, where one can type over it as well. */
export function FillCard({ blank, rectOf, blanks, people, onStep, onClose }: FillCardProps) {
  const { t } = useTranslation();
  const [dismissing, setDismissing] = useState(false);
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => rectOf() ?? new DOMRect(innerWidth / 2, 120, 0, 0) } }),
    [rectOf],
  );
  const { assigned, kind, unit } = blank;
  const face = assigned === null ? undefined : people.face(assigned.to);
  const refusal = people.whyNotFill(blank);
  const over = assigned !== null && isOverdue(assigned.due, todayOf(new Date()));

  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose(false))}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="blank-card"
          aria-label={t('blanks.card')}
          side="bottom"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          updatePositionStrategy="always"
          onEscapeKeyDown={(event) => {
            event.preventDefault();
            onClose(true);
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <header>
            <span className="chip warn">
              {t(`blanks.kind.${kind}`)}
              {unit === null ? '' : ` · ${unit}`}
            </span>
            {assigned === null ? null : (
              <span className="blank-who">
                {face === undefined ? null : <Avatar face={face} size="sm" />}
                <span className="cut">{people.name(assigned.to)}</span>
                {assigned.due === null ? null : (
                  <span className={over ? 'blank-due over' : 'blank-due'}>
                    {t(over ? 'blanks.dueOver' : 'blanks.dueBy', { day: sayDue(assigned.due) })}
                  </span>
                )}
              </span>
            )}
            <span className="grow" />
            <Button look="quiet" size="sm" icon hint={t('blanks.previous')} onClick={() => onStep(-1)}>
              <ChevronUp aria-hidden="true" />
            </Button>
            <Button look="quiet" size="sm" icon hint={t('blanks.next')} onClick={() => onStep(1)}>
              <ChevronDown aria-hidden="true" />
            </Button>
            <Button look="quiet" size="sm" icon hint={t('common.close')} onClick={() => onClose(true)}>
              <X aria-hidden="true" />
            </Button>
          </header>
          {refusal !== null ? (
            <p className="cap">{refusal}</p>
          ) : dismissing ? (
            <DismissForm
              blank={blank}
              onDismiss={(reason) => {
                void blanks.manage({ op: 'dismiss', blank: blank.id, reason }).then((done) => {
                  if (!done) return;
                  notify(t('blanks.dismissed'));
                  onClose(true);
                });
              }}
              onCancel={() => setDismissing(false)}
            />
          ) : (
            <>
              <FillForm
                key={blank.id}
                blank={blank}
                fill={blanks.fill}
                act={t('blanks.fillNext')}
                onDone={() => onStep(1)}
                onCancel={() => onClose(true)}
              />
              {people.mayManage && blank.state === 'open' ? (
                <Button size="sm" look="quiet" onClick={() => setDismissing(true)}>
                  {t('blanks.dismiss')}
                </Button>
              ) : null}
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
