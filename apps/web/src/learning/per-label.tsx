import { percent } from '../ui/percent.js';
import { SimpleTable } from '../ui/simple-table.js';
import type { Evaluation } from './evaluation.js';

/** Each label with how many clips its figures stand on. */
export function PerLabel({ evaluation: { perLabel } }: { evaluation: Evaluation }) {
  return (
    <SimpleTable
      label="Figures by label"
      className="max-h-[28rem]"
      head={['Label', 'Clips', 'Precision', 'Recall', 'F1', 'ROC AUC']}
      numbers={[1, 2, 3, 4, 5]}
      rows={perLabel.map(({ label, support, precision, recall, f1, rocAuc }) => ({
        id: label,
        cells: [label, support, percent(precision), percent(recall), percent(f1), rocAuc === null ? 'not known' : rocAuc.toFixed(3)],
      }))}
    />
  );
}
