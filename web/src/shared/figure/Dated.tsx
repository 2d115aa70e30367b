const dates = /(\d{4}-\d{2}(?:-\d{2})?)/;

/** A sentence whose dates stay in one piece: a line would else end at their dashes. */
export function Dated({ text }: { text: string }) {
  return <>{text.split(dates).map((part, index) => (index % 2 === 1 ? <span key={index} className="one-piece">{part}</span> : part))}</>;
}
