import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { placeOf } from './edits';
import { isSpot, moveTo, nearest, spotOf, spotsFor, tellOf, type Mark, type Spot } from './spots';
import type { Group } from './tree';

interface Point {
  x: number;
  y: number;
}

/** A node that is on its way, where it would be put, and where that is on the page. */
export interface Lift {
  id: string;
  name: string;
  spots: Spot[];
  at: number;
  mark: Mark | null;
  /** The pointer, on the window; null where the keys carry it. */
  point: Point | null;
}

export interface Handle {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  onPointerCancel: () => void;
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
}

export interface Drag {
  lift: Lift | null;
  /** What the handle of a node does. */
  handle: (id: string, name: string) => Handle;
}

interface Rule {
  root: Group;
  box: RefObject<HTMLElement | null>;
  edit: (root: Group) => void;
  look: (id: string) => void;
  say: (text: string) => void;
}

/** A finger or hand that trembles does not drag. */
const least = 6;
/** So near to the edge of the window the page moves on. */
const edge = 70;
const between = 4;

/** Where a place lies in the box, from its upper left corner. */
function markOf(box: HTMLElement, spot: Spot): Mark | null {
  const group = box.querySelector(`[role=group][data-node="${spot.group}"]`);
  if (!group) return null;
  const list = group.querySelector(':scope > .segments-children');
  const child = list?.children[spot.index];
  const { left, width } = (list ?? group).getBoundingClientRect();
  const bottom = list?.lastElementChild?.getBoundingClientRect().bottom ?? group.querySelector(':scope > .segments-add')?.getBoundingClientRect().top ?? 0;
  const y = child ? child.getBoundingClientRect().top - between : bottom + between;
  const corner = box.getBoundingClientRect();
  return { x: left - corner.left, y: y - corner.top, width };
}

/** While something is dragged near the edge of the window, the page moves. */
function useScroll(point: Lift['point'], again: () => void): void {
  const latest = useRef({ point, again });
  useEffect(() => { latest.current = { point, again }; });
  const isDragged = point !== null;
  useEffect(() => {
    if (!isDragged) return undefined;
    const timer = setInterval(() => {
      const y = latest.current.point?.y ?? edge;
      const step = y < edge ? -12 : y > window.innerHeight - edge ? 12 : 0;
      if (step === 0) return;
      window.scrollBy(0, step);
      latest.current.again();
    }, 16);
    return () => clearInterval(timer);
  }, [isDragged]);
}

/** What is lifted, and how it is carried, put down or left; each tells those who do not see it. */
function useLift({ root, box, edit, look, say }: Rule) {
  const { t } = useTranslation();
  const [lift, setLift] = useState<Lift | null>(null);
  const tell = (id: string, spot: Spot | undefined): string => {
    const told = spot && tellOf(root, id, spot);
    return told ? t('segmenting.drag.at', { place: told.place, count: told.count, group: t(`segmenting.of.${told.of}`), level: told.level }) : '';
  };
  const taken = (id: string, name: string): Lift | null => {
    const own = spotOf(root, id);
    if (!own || !box.current) return null;
    const spots = spotsFor(root, id);
    return { id, name, spots, at: spots.findIndex((spot) => isSpot(spot, own)), mark: markOf(box.current, own), point: null };
  };
  const take = (id: string, name: string) => {
    const now = taken(id, name);
    setLift(now);
    if (now) say(`${t('segmenting.drag.taken', { name })} ${tell(id, now.spots[now.at])}`);
  };
  const leave = () => {
    if (!lift) return;
    setLift(null);
    say(t('segmenting.drag.left', { name: lift.name }));
  };
  const drop = () => {
    const spot = lift?.spots[lift.at];
    const changed = lift && spot ? moveTo(root, lift.id, spot) : root;
    if (!lift || changed === root) {
      leave();
      return;
    }
    setLift(null);
    edit(changed);
    look(lift.id);
    const place = placeOf(changed, lift.id);
    say(`${t('segmenting.drag.put', { name: lift.name })} ${place ? t('segmenting.place', { place: place.place, count: place.count }) : ''}`.trim());
  };
  /** The pointer is here now, or the page under it has moved. */
  const carry = (now: Lift, point: Point) => {
    if (!box.current) return;
    const corner = box.current.getBoundingClientRect();
    const marks = now.spots.map((spot) => (box.current ? markOf(box.current, spot) : null));
    const at = nearest(marks, { x: point.x - corner.left, y: point.y - corner.top });
    setLift({ ...now, at, mark: marks[at] ?? null, point });
  };
  const step = (by: -1 | 1) => {
    const spot = lift?.spots[lift.at + by];
    if (!lift || !spot || !box.current) return;
    setLift({ ...lift, at: lift.at + by, mark: markOf(box.current, spot) });
    say(tell(lift.id, spot));
  };
  return { lift, taken, take, leave, drop, carry, step };
}

const steps: Record<string, -1 | 1> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/** Carries a node of the tree to another place, by pointer or by keys. */
export function useDrag(rule: Rule): Drag {
  const { lift, taken, take, leave, drop, carry, step } = useLift(rule);
  const begun = useRef<(Point & { id: string }) | null>(null);
  useScroll(lift?.point ?? null, () => { if (lift?.point) carry(lift, lift.point); });
  const handle = (id: string, name: string): Handle => {
    const isMine = lift?.id === id;
    return {
      onPointerDown: (event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { id, x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event) => {
        const start = begun.current;
        if (start?.id !== id) return;
        const point = { x: event.clientX, y: event.clientY };
        if (!isMine && Math.hypot(point.x - start.x, point.y - start.y) < least) return;
        const now = isMine ? lift : taken(id, name);
        if (now) carry(now, point);
      },
      onPointerUp: () => {
        begun.current = null;
        if (isMine && lift.point) drop();
      },
      onPointerCancel: () => {
        begun.current = null;
        leave();
      },
      // A click of a key or of a screen reader has no count; one of the pointer has.
      onClick: (event) => {
        if (event.detail !== 0) return;
        if (isMine) drop();
        else take(id, name);
      },
      onKeyDown: (event) => {
        if (!isMine || event.altKey) return;
        const by = steps[event.key];
        if (by === undefined && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        if (by !== undefined) {
          if (!lift.point) step(by);
          return;
        }
        begun.current = null;
        leave();
      },
      onBlur: () => { if (isMine) leave(); },
    };
  };
  return { lift, handle };
}
