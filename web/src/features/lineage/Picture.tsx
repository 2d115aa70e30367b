import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Answer } from '@/shared/api/types';
import { layersOf, type Node } from './layers';

/** Widths are parts of a layer's, so that the picture takes the room there is. */
const layerUnits = 100;
const boxUnits = 80;
const leastLayerWidth = 150;
const rowHeight = 34;
const boxHeight = 28;

interface PictureProps {
  answer: Answer;
  /** What a node is called in the reader's language. */
  title: (kind: string, name: string) => string;
  /** Where a node leads to; null is nowhere. */
  address: (node: Node) => string | null;
}

/** What is made from what, from left to right; columns, metrics, analyses and columns of the profile lead to their own picture. */
export function Picture({ answer, title, address }: PictureProps) {
  const { t } = useTranslation();
  const { nodes, links, width, height } = useMemo(() => layersOf(answer), [answer]);
  const full = height * rowHeight;
  const spot = (node: Node) => ({ x: node.layer * layerUnits, y: node.place * rowHeight });
  const spots = new Map(nodes.map((node) => [node.id, spot(node)]));
  return (
    <div className="lineage-scroll">
      <div className="lineage" style={{ minWidth: width * leastLayerWidth, height: full }} role="group" aria-label={t('lineage.picture')}>
        <svg viewBox={`0 0 ${Math.max(1, width) * layerUnits} ${Math.max(1, full)}`} preserveAspectRatio="none" aria-hidden="true">
          {links.map((link) => {
            const from = spots.get(link.from) ?? { x: 0, y: 0 };
            const to = spots.get(link.to) ?? { x: 0, y: 0 };
            const [x1, y1, x2, y2] = [from.x + boxUnits, from.y + boxHeight / 2, to.x, to.y + boxHeight / 2];
            const middle = (x1 + x2) / 2;
            return <path key={`${link.from} ${link.to}`} d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} />;
          })}
        </svg>
        {nodes.map((node) => {
          const place = spots.get(node.id) ?? { x: 0, y: 0 };
          const name = title(node.kind, node.name);
          const percent = (units: number) => `${(100 * units) / (width * layerUnits)}%`;
          const style = { left: percent(place.x), top: place.y, width: percent(boxUnits), height: boxHeight };
          const to = address(node);
          const look = `lineage-node lineage-${node.kind}`;
          const hint = `${t(`lineage.kind.${node.kind}`)}: ${name}`;
          return to === null
            ? <span key={node.id} className={look} style={style} title={hint}>{name}</span>
            : <Link key={node.id} className={look} style={style} title={hint} aria-label={t('lineage.open', { name })} to={to}>{name}</Link>;
        })}
      </div>
    </div>
  );
}
