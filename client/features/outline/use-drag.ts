import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { findNode } from '../../../shared/outline/tree.ts';
import { type DropPlace, dropAt } from './drop.ts';
import type { Move } from './model.ts';

/** A line under way. */
export interface Drag {
  readonly node: NodeId;
  readonly place: DropPlace;
  /** Where the drop line stands, from the top of what scrolls. */
  readonly top: number;
  readonly x: number;
  readonly y: number;
}

interface DragOptions {
  readonly outline: Outline;
  readonly list: RefObject<HTMLElement | null>;
  /** What scrolls around the list. */
  readonly scroll: RefObject<HTMLElement | null>;
  readonly mayChange: boolean;
  readonly onDrop: (move: Move) => void;
  /** `gone`: somebody took the line away meanwhile. */
  readonly onCancel: (why: 'given-up' | 'gone') => void;
}

export interface DragControl {
  readonly drag: Drag | null;
  /** On a line, or on its grip: fingers scroll with the line and drag by the grip. */
  readonly onPointerDown: (event: ReactPointerEvent, node: NodeId, byGrip: boolean) => void;
  /** A click that only ends a drag is none. */
  readonly isClick: () => boolean;
}

/** Movement before a press becomes a drag, and how far to the side another level is meant, px. */
const THRESHOLD = 5;
const LEVEL = 24;
/** So near to an edge (px) the list scrolls, so fast (px a frame) at most. */
const EDGE = 36;
const SPEED = 12;

/**
 * Dragging lines of the outline. Written by hand (docs/decisions/0101): what is hard about it, which places and levels there are, is the
 * outline's own. The outline may change under the pointer; places are always those of the outline as it is.
 */
export function useDrag(options: DragOptions): DragControl {
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef(options);
  const end = useRef<(() => void) | null>(null);
  const wasDrag = useRef(false);

  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => () => end.current?.(), []);

  const { outline, mayChange } = options;
  const isLost = drag !== null && (!mayChange || findNode(outline, drag.node) === null);
  useEffect(() => {
    if (!isLost) return;
    end.current?.();
    latest.current.onCancel('gone');
  }, [isLost]);

  function onPointerDown(event: ReactPointerEvent, node: NodeId, byGrip: boolean): void {
    if (!mayChange || event.button !== 0 || !event.isPrimary || (event.pointerType === 'touch' && !byGrip)) return;
    end.current?.();
    const { clientX: startX, clientY: startY, pointerId } = event;
    const depth = findNode(outline, node)?.parent === null ? 0 : 1;
    let last: { readonly x: number; readonly y: number } | null = null;
    let frame = 0;

    const show = () => {
      const at = last === null ? null : placeUnder(latest.current, node, last.y, last.x - startX, depth);
      if (last !== null && at !== null) setDrag({ node, place: at.place, top: at.top, ...last });
    };
    const scrollAtEdge = () => {
      const pane = latest.current.scroll.current;
      if (last !== null && pane !== null) {
        const box = pane.getBoundingClientRect();
        const over = last.y < box.top + EDGE ? last.y - box.top - EDGE : Math.max(0, last.y - box.bottom + EDGE);
        const before = pane.scrollTop;
        pane.scrollTop += Math.max(-SPEED, Math.min(SPEED, over / 3));
        if (pane.scrollTop !== before) show();
      }
      frame = requestAnimationFrame(scrollAtEdge);
    };
    const onMove = (move: PointerEvent) => {
      if (move.pointerId !== pointerId) return;
      if (last === null && Math.hypot(move.clientX - startX, move.clientY - startY) < THRESHOLD) return;
      move.preventDefault();
      if (last === null) frame = requestAnimationFrame(scrollAtEdge);
      last = { x: move.clientX, y: move.clientY };
      show();
    };
    const finish = () => {
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', giveUp);
      removeEventListener('blur', giveUp);
      removeEventListener('keydown', onKey, true);
      end.current = null;
      if (last === null) return;
      wasDrag.current = true;
      // the click that the release makes comes at once, or never
      setTimeout(() => {
        wasDrag.current = false;
      });
      setDrag(null);
    };
    const onUp = (up: PointerEvent) => {
      if (up.pointerId !== pointerId) return;
      const at = last === null ? null : placeUnder(latest.current, node, last.y, last.x - startX, depth);
      finish();
      if (at !== null && at.place.move !== null) latest.current.onDrop(at.place.move);
    };
    const giveUp = () => {
      const wasUnderWay = last !== null;
      finish();
      if (wasUnderWay) latest.current.onCancel('given-up');
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || last === null) return;
      // Esc means the drag here, and nothing that is open around it
      key.preventDefault();
      key.stopPropagation();
      giveUp();
    };
    end.current = finish;
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', giveUp);
    addEventListener('blur', giveUp);
    addEventListener('keydown', onKey, true);
  }

  return { drag: isLost ? null : drag, onPointerDown, isClick: () => !wasDrag.current };
}

/** The place under the pointer, of the outline as it is now, and how far down its line stands. @param dx how far to the side the pointer went */
function placeUnder(
  { list, outline }: DragOptions,
  node: NodeId,
  y: number,
  dx: number,
  depth: number,
): { readonly place: DropPlace; readonly top: number } | null {
  const rows = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])];
  const under = rows.findIndex((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  const wanted = depth + (dx > LEVEL ? 1 : dx < -LEVEL ? -1 : 0);
  const place = dropAt(outline, node, under === -1 ? rows.length : under, wanted);
  const last = rows.at(-1);
  if (place === null || last === undefined) return null;
  return { place, top: rows[place.gap]?.offsetTop ?? last.offsetTop + last.offsetHeight };
}
